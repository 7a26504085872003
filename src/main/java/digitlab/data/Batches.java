package digitlab.data;

import digitlab.math.Rng;
import digitlab.net.Batch;
import digitlab.net.Images;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one training: each epoch goes once through all images, in an order that depends on
 * the seed alone. The last batch of an epoch holds what is left. Not thread-safe.
 */
public final class Batches implements BatchSource {
  private final Images images;
  private final int[] numbers;
  private final int batchSize;
  private final @Nullable Augmenter augmenter;
  private final Rng shuffling;
  private final Rng augmenting;
  private final Batch batch = new Batch();
  private int next;

  /**
   * @param numbers which images of {@code dataset} are trained on
   * @param batchSize images in each batch but the last of an epoch
   * @param augmentation how each is changed each time it is shown; {@link Augmentation#NONE} for
   *     not at all
   */
  public Batches(
      Dataset dataset, int[] numbers, int batchSize, Augmentation augmentation, long seed) {
    images = dataset.images();
    this.numbers = numbers.clone();
    this.batchSize = batchSize;
    augmenter =
        augmentation.isNone()
            ? null
            : new Augmenter(augmentation, dataset.width(), dataset.height());
    shuffling = Rng.named(seed, "shuffle");
    augmenting = Rng.named(seed, "augmentation");
    next = numbers.length;
  }

  @Override
  public int imagesPerEpoch() {
    return numbers.length;
  }

  @Override
  public boolean atEnd() {
    return next == numbers.length;
  }

  @Override
  public Batch next() {
    fill(batch);
    return batch;
  }

  /**
   * Selects the next images in a batch of the caller's. Augmented images are the batch's own;
   * others are referred to until the next epoch begins.
   */
  public void fill(Batch batch) {
    if (atEnd()) {
      shuffling.shuffle(numbers);
      next = 0;
    }
    int left = numbers.length - next;
    int count = batchSize < left ? batchSize : left;
    if (augmenter == null) {
      batch.select(images, numbers, next, count);
    } else {
      Images own = batch.own(count, images.pixelsPerImage());
      for (int row = 0; row < count; row++) {
        augmenter.apply(images, numbers[next + row], own, row, augmenting);
      }
    }
    next += count;
  }
}
