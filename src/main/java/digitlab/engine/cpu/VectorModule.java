package digitlab.engine.cpu;

/**
 * The JDK's module with the Vector API. As it is still incubating, Java takes it in only if asked
 * to at its start.
 */
public final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether this Java was started with it. */
  public static boolean isThere() {
    return ModuleLayer.boot().findModule(NAME).isPresent();
  }
}
