package digitlab.jobs;

import digitlab.data.BatchSource;
import digitlab.data.Batches;
import digitlab.net.Batch;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches in a thread of its own, some ahead, so that images are augmented while the engine
 * computes. What comes, and in which order, is the same as without. One thread may take them.
 */
final class BatchesAhead implements BatchSource, AutoCloseable {
  private static final int AHEAD = 8;

  /** A batch, and whether it is the last of its epoch. */
  private static final class Slot {
    final Batch batch = new Batch();
    boolean last;
    @Nullable RuntimeException failure;
  }

  private final Batches batches;
  private final BlockingQueue<Slot> empty = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<Slot> full = new ArrayBlockingQueue<>(AHEAD);
  private final Thread producer;
  private @Nullable Slot taken;

  BatchesAhead(Batches batches) {
    this.batches = batches;
    for (int i = 0; i < AHEAD; i++) {
      empty.add(new Slot());
    }
    producer = Thread.ofPlatform().daemon().name("batches").start(this::produce);
  }

  private void produce() {
    try {
      while (true) {
        Slot slot = empty.take();
        try {
          batches.fill(slot.batch);
          slot.last = batches.atEnd();
        } catch (RuntimeException e) { // thrown again where the batch is taken
          slot.failure = e;
        }
        full.put(slot);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public Batch next() {
    try {
      if (taken != null) {
        empty.put(taken);
      }
      Slot slot = full.take();
      taken = slot;
      if (slot.failure != null) {
        throw slot.failure;
      }
      return slot.batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a batch", e);
    }
  }

  @Override
  public boolean atEnd() {
    return taken == null || taken.last;
  }

  @Override
  public int imagesPerEpoch() {
    return batches.imagesPerEpoch();
  }

  @Override
  public void close() {
    producer.interrupt();
  }
}
