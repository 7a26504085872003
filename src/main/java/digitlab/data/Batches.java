package digitlab.data;

import digitlab.math.Rng;
import digitlab.net.Alteration;
import digitlab.net.Batch;
import digitlab.net.Images;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one training: each epoch goes once through all images, in an order that depends on
 * the seed alone; how an image is changed depends on the seed and on how many were shown before.
 * The last batch of an epoch holds what is left.
 *
 * <p>An image that belongs to no class is given another class at random each time it is shown: on
 * the average that asks a network for equal shares of all (as Hendrycks, Mazeika, Dietterich, "Deep
 * anomaly detection with outlier exposure", 2019, do with a loss of its own). Not thread-safe.
 */
public final class Batches implements BatchSource {
  private final Images images;
  private final int classes;
  private final int[] numbers;
  private final int batchSize;
  private final @Nullable Augmenter augmenter;
  private final @Nullable Alteration alteration; // that others carry out
  private final Rng shuffling;
  private final long augmenting; // the key of each image's own generator
  private final Batch batch = new Batch();
  private int next;
  private long shown; // images so far

  /** Batches with images that are changed already. */
  public Batches(
      Dataset dataset, int[] numbers, int batchSize, Augmentation augmentation, long seed) {
    this(dataset, numbers, batchSize, augmentation, seed, false);
  }

  /**
   * @param numbers which images of {@code dataset} are trained on
   * @param batchSize images in each batch but the last of an epoch
   * @param augmentation how each is changed each time it is shown; {@link Augmentation#NONE} for
   *     not at all
   * @param left whether changing them is left to whoever gets the batches ({@link
   *     Batch#alteration})
   */
  public Batches(
      Dataset dataset,
      int[] numbers,
      int batchSize,
      Augmentation augmentation,
      long seed,
      boolean left) {
    images = dataset.images();
    classes = dataset.classes();
    this.numbers = numbers.clone();
    this.batchSize = batchSize;
    augmenting = Rng.key(seed, "augmentation");
    boolean changes = !augmentation.isNone() || dataset.unclassed() > 0;
    augmenter =
        changes && !left ? new Augmenter(augmentation, dataset.width(), dataset.height()) : null;
    alteration =
        changes && left
            ? augmentation.of(dataset.width(), dataset.height(), classes, augmenting)
            : null;
    shuffling = Rng.named(seed, "shuffle");
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

  /** Goes on as if so many batches had been taken; none may have been. */
  public void skip(long batches) {
    int perEpoch = (numbers.length + batchSize - 1) / batchSize;
    long epochs = batches / perEpoch;
    int begun = (int) (batches % perEpoch); // of an epoch that is not over
    for (long epoch = 0; epoch < epochs + (begun > 0 ? 1 : 0); epoch++) {
      shuffling.shuffle(numbers);
    }
    next = begun > 0 ? begun * batchSize : numbers.length;
    shown = epochs * numbers.length + (long) begun * batchSize;
  }

  @Override
  public Batch next() {
    fill(batch);
    return batch;
  }

  /**
   * Selects the next images in a batch of the caller's. Augmented images, and all images of a set
   * in which some have no class, are the batch's own unless that is left to others; those that are
   * not its own are referred to until the next epoch begins.
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
      if (alteration != null) {
        batch.alter(alteration, shown);
      }
    } else {
      Images own = batch.own(count, images.pixelsPerImage());
      for (int row = 0; row < count; row++) {
        Rng rng = new Rng(Rng.at(augmenting, shown + row));
        augmenter.apply(images, numbers[next + row], own, row, rng);
        if (own.labels()[row] == Dataset.NO_CLASS) {
          own.labels()[row] = (byte) rng.nextInt(classes);
        }
      }
    }
    next += count;
    shown += count;
  }
}
