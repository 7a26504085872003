package digitlab.engine.cpu;

import digitlab.engine.EngineProvider;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.text.Message;
import org.jspecify.annotations.Nullable;

/** The vectorised engine. It needs a module of the JDK that {@link VectorModule} sees to. */
public final class CpuProvider implements EngineProvider {
  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public @Nullable Message obstacle() {
    if (!VectorModule.isThere()) {
      return Message.of("engine.cpu.module", VectorModule.NAME);
    }
    int lanes = Vectors.LANES;
    return lanes == 4 || lanes == 8 || lanes == 16 ? null : Message.of("engine.cpu.lanes", lanes);
  }

  @Override
  public Message description() {
    return Message.of("engine.cpu", Vectors.LANES);
  }

  @Override
  public int threads(EngineSettings settings, int most) {
    return Cut.of(settings.network()).threads(most);
  }

  @Override
  public boolean isJava() {
    return true;
  }

  @Override
  public Engine create(EngineSettings settings, int mostThreads) {
    return new CpuEngine(settings, mostThreads);
  }
}
