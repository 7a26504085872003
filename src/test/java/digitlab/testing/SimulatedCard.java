package digitlab.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated card as tests see it: what it is like, what is to go wrong, what was not given
 * back. There is one in the process for each way of building it, as there is one driver.
 */
public final class SimulatedCard implements AutoCloseable {
  private static final String AS_AT_FIRST =
      "sm=90 multiprocessors=3 memory=8589934592 driver=13000 devices=1 busy=0 order=0";
  private static final int MOST_TEXT = 1 << 20;

  private final Path library;
  private final SymbolLookup symbols;

  /**
   * A place in the kernels where threads wait for each other: "grid.cuh:120:5", "__syncthreads".
   */
  public record Barrier(String place, String kind, long passes) {}

  @SuppressWarnings("restricted")
  private SimulatedCard(Path library) {
    this.library = library;
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
  }

  /** The card as it is at first, all its faults forgotten. */
  public static SimulatedCard open(SimulatedCuda.Checks checks) {
    SimulatedCard card = new SimulatedCard(SimulatedCuda.library(checks));
    card.reset();
    return card;
  }

  /** For the system property {@code digitlab.cuda.driver}, or whoever opens a driver. */
  public Path library() {
    return library;
  }

  /** Forgets faults and settings; what programs took stays taken. */
  public void reset() {
    int _ = call("simulationReset");
    configure(AS_AT_FIRST);
  }

  /** "sm=86 memory=1000000": what kind of card it is; the rest stays as it is. */
  public void configure(String settings) {
    check(settings, callWith("simulationConfigure", settings));
  }

  /**
   * What is to go wrong from now on: "cuMemAlloc_v2@3=2", the third call answers 2; "cuInit=100",
   * every call answers 100; "kernel@5=719", the fifth kernel that runs fails.
   */
  public void fail(String rules) {
    check(rules, callWith("simulationFail", rules));
  }

  private static void check(String words, int code) {
    if (code != 0) {
      throw new IllegalArgumentException("The simulated card doesn't understand " + words);
    }
  }

  /** Memory, streams, events, modules and contexts that were taken and not given back. */
  public int live() {
    return call("simulationLiveAllocations");
  }

  /** How many kernels have run, ever. */
  public int kernels() {
    return call("simulationKernels");
  }

  /** Where threads have waited for each other, in this order. */
  public List<Barrier> barriers() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(MOST_TEXT);
      int _ = invoke("simulationBarriers", List.of(ADDRESS, JAVA_INT), text, MOST_TEXT);
      List<Barrier> barriers = new ArrayList<>();
      for (String line : text.getString(0).lines().toList()) {
        int kind = line.indexOf(' ');
        int passes = line.lastIndexOf(' ');
        barriers.add(
            new Barrier(
                line.substring(0, kind),
                line.substring(kind + 1, passes),
                Long.parseLong(line, passes + 1, line.length(), 10)));
      }
      return barriers;
    }
  }

  /** Kernels go on as if this barrier were not there; any other is there again. */
  public void leaveOut(Barrier barrier) {
    int _ = callWith("simulationLeaveOutBarrier", barrier.place());
  }

  /** The n-th wait of the program for the card from now on does not wait; 0 for none. */
  public void leaveOutWait(int number) {
    int _ = invoke("simulationLeaveOutWait", List.of(JAVA_INT), number);
  }

  /** How often the program has waited for the card since {@link #leaveOutWait}. */
  public int waits() {
    return call("simulationWaits");
  }

  /** As it was at first, for whoever comes next. */
  @Override
  public void close() {
    reset();
  }

  private int callWith(String function, String text) {
    try (Arena arena = Arena.ofConfined()) {
      return invoke(function, List.of(ADDRESS), arena.allocateFrom(text));
    }
  }

  private int call(String function) {
    return invoke(function, List.of());
  }

  @SuppressWarnings("restricted")
  private int invoke(String function, List<MemoryLayout> layouts, Object... arguments) {
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, layouts.toArray(MemoryLayout[]::new)));
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(function + " can't be called", e);
    }
  }
}
