package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.Kernel;
import org.jspecify.annotations.Nullable;

/** The kernels of src/main/cuda, with the sizes that they count on. */
final class Kernels {
  private static final int GRID_THREADS = 256; // as in grid.cuh
  private static final int GRID_SHARED =
      3312 + 65_536; // bytes: ROOM_FOR_TILES and the largest tile
  private static final int RESIDENT_THREADS = 512; // as in resident.cuh

  private static final int ALTERING_THREADS = 128; // as in altering.cuh
  private static final int ALTERING_BLOCKS = 8; // on each multiprocessor

  private final Kernel grid;
  private final Kernel resident;
  private final Kernel altering;
  private final int gridBlocks;
  private final int alteringBlocks;

  /**
   * @param aside where images are changed, beside what trains
   */
  Kernels(Session session, Session aside) {
    Card card = session.card();
    grid = session.kernel("train_grid", card.launchesTogether(), GRID_THREADS, GRID_SHARED);
    resident = session.kernel("train_resident", false, RESIDENT_THREADS, card.sharedMemory());
    altering = aside.kernel("alter_images", false, ALTERING_THREADS, card.sharedMemory());
    alteringBlocks = ALTERING_BLOCKS * card.multiprocessors();
    gridBlocks = card.launchesTogether() ? card.multiprocessors() : 1; // one on each can run
  }

  /**
   * Trains networks.
   *
   * @param jobs where their descriptions are, one behind the other
   * @param room the largest that one of them needs; null if it is one network, on which all blocks
   *     work
   */
  void train(int networks, @Nullable Room room, long jobs) {
    if (room == null) {
      grid.launch(gridBlocks, GRID_SHARED, jobs);
    } else {
      resident.launch(networks, room.bytes(), jobs);
    }
  }

  /** Changes so many images, as the job there says. */
  void alter(int images, int sharedBytes, long job) {
    altering.launch(Math.min(images, alteringBlocks), sharedBytes, job);
  }
}
