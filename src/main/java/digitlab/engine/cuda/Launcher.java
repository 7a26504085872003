package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.Kernel;
import org.jspecify.annotations.Nullable;

/** Gets groups of steps going: each by itself, or several networks at once. */
interface Launcher {
  /**
   * The kernel that trains batches of up to {@code rows} images, and where it has its numbers.
   *
   * @param room in the shared memory of one block; null where all blocks work on one network
   */
  record Way(int rows, @Nullable Room room, Kernel kernel, int blocks) {}

  /** Takes a group that nobody changes any more, until its results were waited for. */
  void launch(Group group, Description description, Way way);

  /** Sees to it that everything that was taken is under way. */
  void flush();

  /** Each group by itself, at once. */
  Launcher AT_ONCE =
      new Launcher() {
        @Override
        public void launch(Group group, Description description, Way way) {
          group.send(description.job(way.room()));
          way.kernel.launch(way.blocks, group.jobs());
          group.fetch();
        }

        @Override
        public void flush() {}
      };
}
