package digitlab.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program has on the card: a stream, the kernels, memory. All of it is given back when the
 * session is closed, whatever happened before; each {@link #part} of it earlier.
 *
 * <p>Thread-safe in this way: whoever does something does it within {@link #alone}, one after the
 * other. While one waits for the card the others may come in.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Driver driver;
  private final Card card;
  private final LongSupplier clock;
  private final ReentrantLock lock;
  private final Deque<Runnable> closers = new ArrayDeque<>(); // the last one that was opened first
  private final long context;
  private final long module;
  private final long stream;
  private final long aside; // a stream beside it
  private final List<Session> besides = new ArrayList<>();

  /**
   * Opens a session on a card.
   *
   * @param clock in nanoseconds
   */
  Session(Driver driver, Card card, LongSupplier clock) {
    this.driver = driver;
    this.card = card;
    this.clock = clock;
    lock = new ReentrantLock();
    context = driver.retainContext(card.device());
    closers.push(() -> driver.releaseContext(card.device()));
    try {
      driver.useContext(context);
      module = loadKernels();
      closers.push(() -> driver.unloadModule(module));
      stream = driver.createStream();
      closers.push(() -> driver.destroyStream(stream));
      aside = driver.createStream();
      closers.push(() -> driver.destroyStream(aside));
    } catch (RuntimeException e) {
      giveBack();
      throw e;
    }
  }

  private Session(Session whole, long stream) {
    driver = whole.driver;
    card = whole.card;
    clock = whole.clock;
    lock = whole.lock;
    context = whole.context;
    module = whole.module;
    aside = whole.aside;
    this.stream = stream;
  }

  /**
   * The same streams and kernels, with memory of its own, which is to be closed before the whole.
   */
  Session part() {
    return new Session(this, stream);
  }

  /** A part that works beside this one, and is closed with it. */
  Session aside() {
    Session beside = new Session(this, aside);
    besides.add(beside);
    return beside;
  }

  private long loadKernels() {
    try (Arena arena = Arena.ofConfined()) {
      return driver.loadModule(KernelImage.read(arena));
    }
  }

  Card card() {
    return card;
  }

  /** In nanoseconds, from some moment on. */
  long now() {
    return clock.getAsLong();
  }

  /** Does something with the card current in this thread, while no other thread does. */
  void alone(Runnable work) {
    guarded(
        () -> {
          driver.useContext(context);
          work.run();
        });
  }

  private void guarded(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void waiting(Runnable wait) {
    lock.unlock();
    try {
      wait.run();
    } finally {
      lock.lock();
    }
  }

  /** A kernel that is launched with so many threads a block and at most so much shared memory. */
  Kernel kernel(String name, boolean together, int threads, int mostSharedBytes) {
    long kernel = driver.kernel(module, name, mostSharedBytes);
    return (blocks, sharedBytes, argument) ->
        driver.launch(kernel, together, blocks, threads, sharedBytes, stream, argument);
  }

  /** Something that can be launched. */
  interface Kernel {
    void launch(int blocks, int sharedBytes, long argument);
  }

  /** Memory on the card; what is in it means nothing. */
  DeviceMemory allocate(long bytes) {
    return new DeviceMemory(bytes);
  }

  /** Memory of the host that the card can reach. */
  HostMemory allocateHost(long bytes) {
    return new HostMemory(bytes);
  }

  /** Waits until everything is done that was asked for; meanwhile others may ask for more. */
  void await() {
    waiting(this::awaitAlone);
  }

  /** The same, but nobody else comes in. */
  void awaitAlone() {
    driver.awaitStream(stream);
  }

  /** Whatever is asked for from now on waits until a mark of another session is reached. */
  void waitFor(Mark mark) {
    driver.holdStream(stream, mark.event);
  }

  /** A mark in the stream. */
  Mark mark() {
    return new Mark();
  }

  /** A part of the card's memory. */
  final class DeviceMemory implements AutoCloseable {
    private final long address;
    private final long bytes;
    private final Runnable closer;

    private DeviceMemory(long bytes) {
      this.bytes = bytes;
      address = driver.allocate(bytes);
      closer = () -> driver.free(address);
      closers.push(closer);
    }

    long address() {
      return address;
    }

    long bytes() {
      return bytes;
    }

    /**
     * Copies to the place {@code at} bytes behind the beginning; {@code from} must stay as it is
     * until {@link #await}.
     */
    void write(long at, MemorySegment from) {
      driver.copyToDevice(address + at, from, stream);
    }

    /** Copies from there; {@code to} is filled after {@link #await}. */
    void read(long at, MemorySegment to) {
      driver.copyToHost(to, address + at, stream);
    }

    void clear() {
      driver.clear(address, bytes, stream);
    }

    @Override
    public void close() {
      closers.remove(closer);
      closer.run();
    }
  }

  /** A part of the host's memory. */
  final class HostMemory implements AutoCloseable {
    private final MemorySegment segment;
    private final Runnable closer;

    private HostMemory(long bytes) {
      segment = driver.allocateHost(bytes);
      closer = () -> driver.freeHost(segment);
      closers.push(closer);
    }

    MemorySegment segment() {
      return segment;
    }

    @Override
    public void close() {
      closers.remove(closer);
      closer.run();
    }
  }

  /** A place in what the card has been asked for. */
  final class Mark {
    private final long event;

    private Mark() {
      event = driver.createEvent();
      closers.push(() -> driver.destroyEvent(event));
    }

    /** Puts the mark behind everything that was asked for until now. */
    void set() {
      driver.recordEvent(event, stream);
    }

    /** Waits until the card has come to the mark; meanwhile others may ask for something. */
    void await() {
      waiting(() -> driver.awaitEvent(event));
    }

    /** Whether the card has come to the mark. */
    boolean isReached() {
      return driver.isReached(event);
    }
  }

  /**
   * Gives everything back. Nothing is thrown: after a fault of the card each call fails, and the
   * fault was told already.
   */
  @Override
  public void close() {
    close(() -> {});
  }

  /**
   * The same; does {@code last} when nothing is under way any more, before memory is given back.
   */
  void close(Runnable last) {
    guarded(
        () -> {
          attempt(() -> driver.useContext(context));
          attempt(this::await); // copies may still be under way
          besides.forEach(beside -> attempt(beside::await));
          last.run();
          besides.forEach(Session::giveBack);
          giveBack();
        });
  }

  private void giveBack() {
    while (!closers.isEmpty()) {
      attempt(closers.pop());
    }
  }

  private static void attempt(Runnable part) {
    try {
      part.run();
    } catch (CudaException e) {
      LOG.debug("A part of the card could not be given back", e);
    }
  }
}
