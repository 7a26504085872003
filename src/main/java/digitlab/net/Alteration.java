package digitlab.net;

/**
 * How the images of a batch are changed at random before they are shown, for engines that do it
 * themselves ({@link Engine#alters}): {@code digitlab.data.Augmentation} in numbers. What they do
 * to an image, {@code digitlab.data.Augmenter} says, to the byte.
 *
 * @param width of the images in pixels
 * @param height of the images in pixels
 * @param classes of which an image that belongs to none gets one at random
 * @param key of the random numbers: the image that is shown after n others has the generator that
 *     is seeded with {@link digitlab.math.Rng#at} (key, n)
 * @param shift the most that may happen, in pixels; as with all that follow 0 is not at all
 * @param rotate degrees
 * @param scale share
 * @param shear share
 * @param elastic strength α
 * @param thickness pixels
 */
public record Alteration(
    int width,
    int height,
    int classes,
    long key,
    double shift,
    double rotate,
    double scale,
    double shear,
    double elastic,
    double thickness) {}
