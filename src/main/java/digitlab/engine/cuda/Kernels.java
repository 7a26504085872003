package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.Kernel;
import org.jspecify.annotations.Nullable;

/** The kernels of src/main/cuda, with the sizes that they count on. */
final class Kernels {
  private static final int GRID_THREADS = 256; // as in grid.cuh
  private static final int GRID_SHARED =
      3312 + 65_536; // bytes: ROOM_FOR_TILES and the largest tile
  private static final int RESIDENT_THREADS = 512; // as in resident.cuh

  private final Kernel grid;
  private final Kernel resident;
  private final int gridBlocks;

  Kernels(Session session) {
    Card card = session.card();
    grid = session.kernel("train_grid", card.launchesTogether(), GRID_THREADS, GRID_SHARED);
    resident = session.kernel("train_resident", false, RESIDENT_THREADS, card.sharedMemory());
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
}
