package digitlab.engine.cuda;

import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import org.jspecify.annotations.Nullable;

/** Which of the two kernels trains a network. */
enum Placement {
  /** The one that should be faster. */
  AUTO {
    @Override
    boolean wantsOneBlock(long work) {
      return work <= MOST_WORK;
    }
  },
  /** One block, in shared memory, where the network fits. */
  ONE_BLOCK {
    @Override
    boolean wantsOneBlock(long work) {
      return true;
    }
  },
  /** All blocks of the card. */
  GRID {
    @Override
    boolean wantsOneBlock(long work) {
      return false;
    }
  };

  /**
   * Multiplications in the products of one step above which one multiprocessor takes longer than it
   * takes all of them to meet between the phases of a step. Counted from the chips' data sheets,
   * not measured.
   */
  private static final long MOST_WORK = 2_000_000;

  abstract boolean wantsOneBlock(long work);

  /** Whether one block of this card trains such a network. */
  boolean isOneBlock(EngineSettings settings, Card card) {
    if (settings.network().parameterCount() > card.sharedMemory() / Float.BYTES) {
      return false;
    }
    Parameters shape = new Parameters(settings.network());
    int stride = ImageMemory.stride(settings.network().inputs());
    int slots = Formula.of(settings).slots();
    return room(shape, slots, settings.batchSize(), stride, card.sharedMemory()) != null;
  }

  /** Where the numbers lie if one block trains; null if all blocks do. */
  @Nullable Room room(Parameters shape, int slotCount, int rows, int imageStride, int sharedBytes) {
    long work = 2L * rows * shape.values().length;
    return wantsOneBlock(work) ? Room.of(shape, slotCount, rows, imageStride, sharedBytes) : null;
  }
}
