package digitlab.engine.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import digitlab.engine.EngineUnavailableException;
import digitlab.text.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of NVIDIA's driver (CUDA driver API) that we need, call by call. Handles and device
 * addresses are longs. Each call that fails throws a {@link CudaException}. Thread-safe; what is
 * called acts on the context that the thread has made current.
 */
final class Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** On Linux, under Windows' subsystem for Linux, on Windows. */
  static final List<String> LIBRARIES =
      List.of("libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1", "nvcuda.dll");

  private static final int MULTIPROCESSORS = 16; // CUdevice_attribute, as in cuda.h
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int COOPERATIVE_LAUNCH = 95;
  private static final int SHARED_MEMORY_PER_BLOCK = 97;
  private static final int MOST_DYNAMIC_SHARED_MEMORY = 8; // CUfunction_attribute
  private static final int NON_BLOCKING = 1; // CUstream_flags
  private static final int SLEEPING =
      1; // CUevent_flags: who waits for it leaves the core to others
  private static final int WITHOUT_TIME = 2;
  private static final int NOT_READY = 600; // CUresult
  private static final int LONGEST_NAME = 256;

  private final String library;
  private final SymbolLookup symbols;
  private final NativeFunction errorName;
  private final NativeFunction errorString;
  private final NativeFunction init;
  private final NativeFunction driverVersion;
  private final NativeFunction deviceCount;
  private final NativeFunction deviceGet;
  private final NativeFunction deviceName;
  private final NativeFunction deviceAttribute;
  private final NativeFunction deviceMemory;
  private final NativeFunction freeMemory;
  private final NativeFunction contextRetain;
  private final NativeFunction contextRelease;
  private final NativeFunction contextUse;
  private final NativeFunction moduleLoad;
  private final NativeFunction moduleUnload;
  private final NativeFunction moduleFunction;
  private final NativeFunction functionAttribute;
  private final NativeFunction launch;
  private final NativeFunction launchTogether;
  private final NativeFunction allocate;
  private final NativeFunction free;
  private final NativeFunction allocateHost;
  private final NativeFunction freeHost;
  private final NativeFunction copyToDevice;
  private final NativeFunction copyToHost;
  private final NativeFunction clear;
  private final NativeFunction streamCreate;
  private final NativeFunction streamWait;
  private final NativeFunction streamWaitEvent;
  private final NativeFunction streamDestroy;
  private final NativeFunction eventCreate;
  private final NativeFunction eventRecord;
  private final NativeFunction eventQuery;
  private final NativeFunction eventWait;
  private final NativeFunction eventDestroy;

  private Driver(String library, SymbolLookup symbols) {
    this.library = library;
    this.symbols = symbols;
    errorName = function("cuGetErrorName", JAVA_INT, ADDRESS);
    errorString = function("cuGetErrorString", JAVA_INT, ADDRESS);
    init = function("cuInit", JAVA_INT);
    driverVersion = function("cuDriverGetVersion", ADDRESS);
    deviceCount = function("cuDeviceGetCount", ADDRESS);
    deviceGet = function("cuDeviceGet", ADDRESS, JAVA_INT);
    deviceName = function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
    deviceAttribute = function("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
    deviceMemory = function("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT);
    freeMemory = function("cuMemGetInfo_v2", ADDRESS, ADDRESS);
    contextRetain = function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
    contextRelease = function("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
    contextUse = function("cuCtxSetCurrent", JAVA_LONG);
    moduleLoad = function("cuModuleLoadData", ADDRESS, ADDRESS);
    moduleUnload = function("cuModuleUnload", JAVA_LONG);
    moduleFunction = function("cuModuleGetFunction", ADDRESS, JAVA_LONG, ADDRESS);
    functionAttribute = function("cuFuncSetAttribute", JAVA_LONG, JAVA_INT, JAVA_INT);
    launch =
        function(
            "cuLaunchKernel",
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG,
            ADDRESS,
            ADDRESS);
    launchTogether =
        function(
            "cuLaunchCooperativeKernel",
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG,
            ADDRESS);
    allocate = function("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
    free = function("cuMemFree_v2", JAVA_LONG);
    allocateHost = function("cuMemAllocHost_v2", ADDRESS, JAVA_LONG);
    freeHost = function("cuMemFreeHost", ADDRESS);
    copyToDevice = function("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
    copyToHost = function("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    clear = function("cuMemsetD8Async", JAVA_LONG, JAVA_BYTE, JAVA_LONG, JAVA_LONG);
    streamCreate = function("cuStreamCreate", ADDRESS, JAVA_INT);
    streamWait = function("cuStreamSynchronize", JAVA_LONG);
    streamWaitEvent = function("cuStreamWaitEvent", JAVA_LONG, JAVA_LONG, JAVA_INT);
    streamDestroy = function("cuStreamDestroy_v2", JAVA_LONG);
    eventCreate = function("cuEventCreate", ADDRESS, JAVA_INT);
    eventRecord = function("cuEventRecord", JAVA_LONG, JAVA_LONG);
    eventQuery = function("cuEventQuery", JAVA_LONG);
    eventWait = function("cuEventSynchronize", JAVA_LONG);
    eventDestroy = function("cuEventDestroy_v2", JAVA_LONG);
  }

  /**
   * Opens the first of these libraries that is there and starts the driver.
   *
   * @throws EngineUnavailableException if there is none, it is too old, or it does not start
   */
  @SuppressWarnings("restricted") // the jar's manifest allows native access
  static Driver open(List<String> libraries) {
    for (String library : libraries) {
      SymbolLookup symbols;
      try {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
      } catch (IllegalArgumentException e) { // it is not there
        continue;
      }
      Driver driver = new Driver(library, symbols);
      driver.start();
      return driver;
    }
    throw CudaProvider.unavailable(Message.of("engine.cuda.driver", String.join(", ", libraries)));
  }

  private NativeFunction function(String name, MemoryLayout... arguments) {
    Optional<MemorySegment> address = symbols.find(name);
    if (address.isEmpty()) {
      throw CudaProvider.unavailable(Message.of("engine.cuda.old-driver", library, name));
    }
    return new NativeFunction(name, address.get(), arguments);
  }

  private void start() {
    int code = init.code(0);
    if (code == CudaException.NO_DEVICE) {
      throw CudaProvider.unavailable(Message.of("engine.cuda.no-card"));
    }
    if (code != 0) {
      throw CudaProvider.unavailable(
          Message.of("engine.cuda.start", text(errorName, code), code, text(errorString, code)));
    }
  }

  private void check(NativeFunction function, int code) {
    if (code != 0) {
      throw new CudaException(
          function.name(), code, text(errorName, code), text(errorString, code));
    }
  }

  private void call(NativeFunction function, Object... arguments) {
    check(function, function.code(arguments));
  }

  private long result(NativeFunction function, Object... rest) {
    return function.result(this::check, rest);
  }

  /** What the driver calls a code; it writes the address of a C string. */
  @SuppressWarnings("restricted") // the driver's string ends with 0
  private static String text(NativeFunction function, int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(ADDRESS);
      return function.code(code, place) == 0
          ? place.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0)
          : "unknown";
    }
  }

  /**
   * The card that can train and has most memory free; where there is only one, that one. The driver
   * shows those that CUDA_VISIBLE_DEVICES names.
   *
   * @throws EngineUnavailableException if there is none
   */
  Card card() {
    int count = (int) result(deviceCount);
    if (count == 0) {
      throw CudaProvider.unavailable(Message.of("engine.cuda.no-card"));
    }
    Card best = card(0, count);
    long most = count == 1 ? 0 : usable(best);
    for (int number = 1; number < count; number++) {
      Card other = card(number, count);
      long free = usable(other);
      if (free > most) {
        best = other;
        most = free;
      }
    }
    return best;
  }

  /** How much of its memory is free; −1 if it is too old or not to be had. */
  private long usable(Card card) {
    if (card.capability() < Card.OLDEST) {
      return -1;
    }
    try {
      long context = retainContext(card.device());
      try (Arena arena = Arena.ofConfined()) {
        useContext(context);
        return result(freeMemory, arena.allocate(JAVA_LONG));
      } finally {
        releaseContext(card.device());
      }
    } catch (CudaException e) {
      LOG.info("{} is left alone: {}", card.name(), e.getMessage());
      return -1;
    }
  }

  private Card card(int number, int count) {
    int device = (int) result(deviceGet, number);
    String name;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(LONGEST_NAME);
      call(deviceName, text, LONGEST_NAME, device);
      name = text.getString(0);
    }
    return new Card(
        device,
        count == 1 ? name : name + " (" + (number + 1) + "/" + count + ")",
        result(deviceMemory, device),
        10 * attribute(CAPABILITY_MAJOR, device) + attribute(CAPABILITY_MINOR, device),
        attribute(MULTIPROCESSORS, device),
        attribute(SHARED_MEMORY_PER_BLOCK, device),
        attribute(COOPERATIVE_LAUNCH, device) != 0,
        (int) result(driverVersion));
  }

  private int attribute(int attribute, int device) {
    return (int) result(deviceAttribute, attribute, device);
  }

  long retainContext(int device) {
    return result(contextRetain, device);
  }

  void releaseContext(int device) {
    call(contextRelease, device);
  }

  /** Makes a context current in this thread. */
  void useContext(long context) {
    call(contextUse, context);
  }

  long loadModule(MemorySegment image) {
    return result(moduleLoad, image);
  }

  void unloadModule(long module) {
    call(moduleUnload, module);
  }

  /** A kernel, which may be launched with so many bytes of shared memory. */
  long kernel(long module, String name, int sharedBytes) {
    try (Arena arena = Arena.ofConfined()) {
      long kernel = result(moduleFunction, module, arena.allocateFrom(name));
      call(functionAttribute, kernel, MOST_DYNAMIC_SHARED_MEMORY, sharedBytes);
      return kernel;
    }
  }

  /**
   * Launches a kernel whose only argument is an address.
   *
   * @param together whether all blocks must run at the same time, because they wait for each other
   */
  void launch(
      long kernel,
      boolean together,
      int blocks,
      int threads,
      int sharedBytes,
      long stream,
      long argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments =
          arena.allocateFrom(ADDRESS, arena.allocateFrom(JAVA_LONG, argument));
      if (together) {
        call(launchTogether, kernel, blocks, 1, 1, threads, 1, 1, sharedBytes, stream, arguments);
      } else {
        call(
            launch,
            kernel,
            blocks,
            1,
            1,
            threads,
            1,
            1,
            sharedBytes,
            stream,
            arguments,
            MemorySegment.NULL);
      }
    }
  }

  long allocate(long bytes) {
    return result(allocate, bytes);
  }

  void free(long address) {
    call(free, address);
  }

  /** Memory of the host that the card can copy from and to while others compute. */
  @SuppressWarnings("restricted") // the size is the one that we asked for
  MemorySegment allocateHost(long bytes) {
    return MemorySegment.ofAddress(result(allocateHost, bytes)).reinterpret(bytes);
  }

  void freeHost(MemorySegment memory) {
    call(freeHost, memory);
  }

  /** {@code from} must stay as it is until the stream has come so far. */
  void copyToDevice(long to, MemorySegment from, long stream) {
    call(copyToDevice, to, from, from.byteSize(), stream);
  }

  /** {@code to} is filled when the stream has come so far. */
  void copyToHost(MemorySegment to, long from, long stream) {
    call(copyToHost, to, from, to.byteSize(), stream);
  }

  void clear(long address, long bytes, long stream) {
    call(clear, address, (byte) 0, bytes, stream);
  }

  long createStream() {
    return result(streamCreate, NON_BLOCKING);
  }

  void awaitStream(long stream) {
    call(streamWait, stream);
  }

  /** Lets a stream wait for what stands before an event, as it was recorded last. */
  void holdStream(long stream, long event) {
    call(streamWaitEvent, stream, event, 0);
  }

  void destroyStream(long stream) {
    call(streamDestroy, stream);
  }

  long createEvent() {
    return result(eventCreate, SLEEPING | WITHOUT_TIME);
  }

  void recordEvent(long event, long stream) {
    call(eventRecord, event, stream);
  }

  boolean isReached(long event) {
    int code = eventQuery.code(event);
    if (code == NOT_READY) {
      return false;
    }
    check(eventQuery, code);
    return true;
  }

  void awaitEvent(long event) {
    call(eventWait, event);
  }

  void destroyEvent(long event) {
    call(eventDestroy, event);
  }
}
