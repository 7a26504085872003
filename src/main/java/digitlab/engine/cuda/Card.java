package digitlab.engine.cuda;

/**
 * A GPU.
 *
 * @param capability of its chip: 90 for "sm_90"
 * @param sharedMemory that one block can have, in bytes
 * @param launchesTogether whether blocks may wait for each other
 * @param driver the CUDA version that its driver knows: 13000 for 13.0
 */
record Card(
    int device,
    String name,
    long memory,
    int capability,
    int multiprocessors,
    int sharedMemory,
    boolean launchesTogether,
    int driver) {
  /** The oldest chips that the kernels are compiled for: Ampere, 2020. */
  static final int OLDEST = 80;

  /** In GB of 2³⁰ bytes, as the vendors count, to a tenth. */
  double gigabytes() {
    return Math.round(10.0 * memory / (1L << 30)) / 10.0;
  }

  /** "9.0". */
  String capabilityText() {
    return capability / 10 + "." + capability % 10;
  }

  /** The CUDA version that the driver knows: "13.0". */
  String driverVersion() {
    return driver / 1000 + "." + driver % 1000 / 10;
  }
}
