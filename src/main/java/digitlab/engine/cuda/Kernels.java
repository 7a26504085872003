package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.Kernel;

/** The two kernels of src/main/cuda, with the sizes that they count on. */
final class Kernels {
  private static final int GRID_THREADS = 256; // as in grid.cuh
  private static final int GRID_SHARED =
      3312 + 65_536; // bytes: ROOM_FOR_TILES and the largest tile
  private static final int RESIDENT_THREADS = 512; // as in resident.cuh

  private Kernels() {}

  /** All blocks work on one network. */
  static Kernel grid(Session session) {
    return session.kernel(
        "train_grid", session.card().launchesTogether(), GRID_THREADS, GRID_SHARED);
  }

  /** How many blocks can run at the same time: one on each multiprocessor. */
  static int gridBlocks(Card card) {
    return card.launchesTogether() ? card.multiprocessors() : 1;
  }

  /** One block works on one network. */
  static Kernel resident(Session session, Room room) {
    return session.kernel("train_resident", false, RESIDENT_THREADS, room.bytes());
  }
}
