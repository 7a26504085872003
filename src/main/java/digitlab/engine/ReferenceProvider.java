package digitlab.engine;

import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.PlainKernels;
import digitlab.text.Message;
import org.jspecify.annotations.Nullable;

/** The plain Java engine, which every other one is held to and which runs everywhere. */
final class ReferenceProvider implements EngineProvider {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public @Nullable Message obstacle() {
    return null;
  }

  @Override
  public Message description() {
    return Message.of("engine.reference");
  }

  @Override
  public int threads(EngineSettings settings, int most) {
    return 1;
  }

  @Override
  public boolean isJava() {
    return true;
  }

  @Override
  public Engine create(EngineSettings settings, int mostThreads) {
    return new JavaEngine(settings, new PlainKernels());
  }
}
