package digitlab.engine.pytorch;

import digitlab.engine.EngineProvider;
import digitlab.engine.EngineUnavailableException;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's C++ library in our process: the peer that our engines are measured against. It is not
 * shipped, because it is a hundred times as large as all the rest; one command fetches it.
 */
public final class PyTorchProvider implements EngineProvider {
  private final Platform platform;
  private final ClassLoader classes;

  public PyTorchProvider() {
    this(Platform.current(), PyTorchProvider.class.getClassLoader());
  }

  PyTorchProvider(Platform platform, ClassLoader classes) {
    this.platform = platform;
    this.classes = classes;
  }

  @Override
  public String name() {
    return "pytorch";
  }

  /** Looks for the files only: loading them takes a second and 300 MB. */
  @Override
  public @Nullable Message obstacle() {
    if (!platform.hasLibTorch()) {
      return Message.of("engine.pytorch.platform", platform.name());
    }
    boolean java = classes.getResource("org/bytedeco/pytorch/global/torch.class") != null;
    boolean library = classes.getResource(platform.libraryPath()) != null;
    return java && library ? null : Message.of("engine.pytorch.missing", platform.name());
  }

  @Override
  public Message description() {
    return Message.of("engine.pytorch", version());
  }

  /** The version that the bindings name: "2.10.0-1.5.13". */
  private String version() {
    Properties properties = new Properties();
    try (InputStream file =
        classes.getResourceAsStream("META-INF/maven/org.bytedeco/pytorch/pom.properties")) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "?");
  }

  @Override
  public int threads(EngineSettings settings, int most) {
    return most;
  }

  /** Two threads are often slower than one with small networks: powers of two, and all. */
  @Override
  public List<Integer> threadsWorthTrying(int most) {
    List<Integer> counts = new ArrayList<>();
    for (int count = 1; count < most; count *= 2) {
      counts.add(count);
    }
    counts.add(most);
    return counts;
  }

  @Override
  public Engine create(EngineSettings settings, int mostThreads) {
    try {
      LibTorch.prepare(platform);
      LibTorch.useThreads(mostThreads);
      return new TorchEngine(settings, LibTorch.device());
    } catch (LinkageError e) { // the wrong kind of library, or one that it needs is missing
      throw new EngineUnavailableException(
          name(), Message.of("engine.pytorch.broken", String.valueOf(e.getMessage())));
    }
  }
}
