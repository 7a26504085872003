package digitlab.data;

import digitlab.net.Batch;

/** Where a training gets its batches, epoch after epoch without end. */
public interface BatchSource {
  /** The next batch, which stays as it is until the next call. */
  Batch next();

  /** Whether the batch taken last was the last of its epoch. */
  boolean atEnd();

  /** How many images there are in one epoch. */
  int imagesPerEpoch();
}
