package digitlab.engine;

import digitlab.engine.cpu.CpuProvider;
import digitlab.engine.cpu.VectorModule;
import digitlab.engine.cuda.CudaProvider;
import digitlab.engine.pytorch.PyTorchProvider;
import digitlab.text.Message;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/** All engines of this program, the preferred ones first. Immutable. */
public final class Engines {
  /** The name that leaves the choice to us. */
  public static final String AUTO = "auto";

  private final List<EngineProvider> providers;

  public Engines(List<EngineProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /**
   * Sees to what the engines need of Java itself: may start this program again. To be called when a
   * command knows that it will train, before it does anything that lasts.
   */
  public static void prepareJava() {
    VectorModule.takeIn();
  }

  /**
   * The engines that this version has. PyTorch stands behind the one that is always available, so
   * that it is never chosen unless somebody asks for it.
   */
  public static Engines all() {
    return new Engines(
        List.of(
            new CudaProvider(), new CpuProvider(), new ReferenceProvider(), new PyTorchProvider()));
  }

  /**
   * An engine that was chosen.
   *
   * @param why for people: why this one
   */
  public record Choice(EngineProvider provider, Message why) {}

  /**
   * Chooses by name; {@link #AUTO} takes the first that is available.
   *
   * @throws IllegalArgumentException if there is no such engine
   * @throws EngineUnavailableException if there is, but it can't train here
   */
  public Choice choose(String name) {
    if (name.equals(AUTO)) {
      return chooseFirstAvailable();
    }
    EngineProvider provider = named(name);
    Message obstacle = provider.obstacle();
    if (obstacle != null) {
      throw new EngineUnavailableException(name, obstacle);
    }
    return new Choice(provider, Message.of("engine.why.asked"));
  }

  /**
   * The engine of that name, available or not.
   *
   * @throws IllegalArgumentException if there is no such engine
   */
  public EngineProvider named(String name) {
    for (EngineProvider provider : providers) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "This version has no engine \"" + name + "\"; choose " + Words.choices(names()) + ".");
  }

  /**
   * {@code name}, if there is an engine of that name or if it is {@link #AUTO}.
   *
   * @throws IllegalArgumentException if not
   */
  public String requireName(String name) {
    return name.equals(AUTO) ? name : named(name).name();
  }

  private Choice chooseFirstAvailable() {
    Message why = Message.of("engine.why.first");
    for (EngineProvider provider : providers) {
      Message obstacle = provider.obstacle();
      if (obstacle == null) {
        return new Choice(provider, why);
      }
      why = obstacle; // of the one before: that is why it is this one
    }
    throw new IllegalStateException(
        "No engine is available; even plain Java is missing. Install Digit Lab again.");
  }

  public List<EngineProvider> providers() {
    return providers;
  }

  /** {@link #AUTO} and the names of all engines. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(AUTO));
    for (EngineProvider provider : providers) {
      names.add(provider.name());
    }
    return names;
  }
}
