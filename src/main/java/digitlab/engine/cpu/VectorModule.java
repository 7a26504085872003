package digitlab.engine.cpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's module with the Vector API. As it is still incubating, Java takes it in only if asked
 * to at its start, and a jar cannot ask. So the program starts itself again.
 */
public final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);
  private static final String MARK = "digitlab.started-again";

  private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private VectorModule() {}

  /** Whether this Java was started with it. */
  public static boolean isThere() {
    return ModuleLayer.boot().findModule(NAME).isPresent();
  }

  /**
   * Starts this program again with the module, if it lacks it: in this very process where the
   * system can do that, else in a child, with whose exit status this one ends. Returns if there is
   * nothing to do or it can't be done; the engine then says why it is not available.
   */
  public static void takeIn() {
    boolean installed = ModuleFinder.ofSystem().find(NAME).isPresent();
    if (isThere() || !installed || System.getProperty(MARK) != null) {
      return;
    }
    Optional<String> java = ProcessHandle.current().info().command();
    Optional<String[]> arguments = ProcessHandle.current().info().arguments();
    if (java.isEmpty() || arguments.isEmpty()) {
      LOG.info("This system does not tell how Java was started, so it is not started again");
      return;
    }
    try {
      List<String> command =
          new ArrayList<>(List.of(java.get(), "--add-modules", NAME, "-D" + MARK + "=true"));
      if (hasLargePagesOnRequest()) {
        command.add("-XX:+UseTransparentHugePages");
      }
      command.addAll(List.of(arguments.get()));
      if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
        runAsChild(command);
      } else {
        replaceThisProcess(command);
      }
    } catch (IOException e) {
      LOG.warn("Java could not be started again with {}", NAME, e);
    }
  }

  /**
   * Whether this is a Linux that gives large pages to who asks. Images are read in random order,
   * from more memory than the processor has the addresses of small pages at hand for.
   */
  private static boolean hasLargePagesOnRequest() throws IOException {
    return Files.isReadable(LARGE_PAGES) && Files.readString(LARGE_PAGES).contains("[madvise]");
  }

  private static void runAsChild(List<String> command) throws IOException {
    Process child = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(child::destroy));
    try {
      System.exit(child.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * POSIX execv: same process, same input and output, another program in it. Returns on failure.
   */
  @SuppressWarnings("restricted") // the manifest allows native access
  private static void replaceThisProcess(List<String> command) throws IOException {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
    Optional<MemorySegment> execv = library.find("execv");
    if (execv.isEmpty()) {
      throw new IOException("The system has no function execv");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L); // ends with 0
      for (int i = 0; i < command.size(); i++) {
        list.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
      }
      MemorySegment program = list.getAtIndex(ValueLayout.ADDRESS, 0);
      int failed = (int) linker.downcallHandle(execv.get(), type).invokeExact(program, list);
      throw new IOException("execv returned " + failed);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }
}
