package digitlab.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that stand back. Java hands its priorities to Linux only when it runs as root; Linux
 * itself lets every thread be nice to others.
 */
public final class Niceness {
  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
  private static final int THREAD = 0; // PRIO_PROCESS; of a process number 0, the calling thread
  private static final int NICE = 10; // a tenth of the share that others get

  private Niceness() {}

  /**
   * Lets this thread, and those that it will start, use the processor only as far as others leave
   * it. Does nothing where the system is not Linux.
   */
  @SuppressWarnings("restricted") // the manifest allows native access
  public static void standBack() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> setpriority = linker.defaultLookup().find("setpriority");
    FunctionDescriptor type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      int failed =
          setpriority.isEmpty()
              ? -1
              : (int) linker.downcallHandle(setpriority.get(), type).invokeExact(THREAD, 0, NICE);
      if (failed != 0) {
        LOG.info("This thread could not be made to stand back");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
