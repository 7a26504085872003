package digitlab.data;

import digitlab.math.Rng;
import digitlab.net.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one training: each epoch goes once through all images, in an order that depends on
 * the seed alone. The last batch of an epoch holds what is left.
 */
public final class Batches {
  private final Dataset dataset;
  private final int[] numbers;
  private final @Nullable Augmenter augmenter;
  private final Rng shuffling;
  private final Rng augmenting;
  private int next;

  /**
   * @param numbers which images of {@code dataset} are trained on
   * @param augmentation how each is changed each time it is shown; {@link Augmentation#NONE} for
   *     not at all
   */
  public Batches(Dataset dataset, int[] numbers, Augmentation augmentation, long seed) {
    this.dataset = dataset;
    this.numbers = numbers.clone();
    augmenter =
        augmentation.isNone()
            ? null
            : new Augmenter(augmentation, dataset.width(), dataset.height());
    shuffling = Rng.named(seed, "shuffle");
    augmenting = Rng.named(seed, "augmentation");
    next = numbers.length;
  }

  /** Images in one epoch. */
  public int size() {
    return numbers.length;
  }

  /** Whether the epoch is over: the next batch begins another. */
  public boolean atEnd() {
    return next == numbers.length;
  }

  /** Fills {@code batch} with as many images as it holds, or as the epoch has left. */
  public void fill(Batch batch) {
    if (atEnd()) {
      shuffling.shuffle(numbers);
      next = 0;
    }
    int left = numbers.length - next;
    int count = batch.capacity() < left ? batch.capacity() : left;
    dataset.copyTo(batch, numbers, next, count);
    next += count;
    if (augmenter != null) {
      for (int row = 0; row < count; row++) {
        augmenter.apply(batch.images(), row * dataset.pixelsPerImage(), augmenting);
      }
    }
  }
}
