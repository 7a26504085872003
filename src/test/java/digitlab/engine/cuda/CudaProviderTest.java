package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import digitlab.engine.EngineUnavailableException;
import digitlab.engine.Engines;
import digitlab.engine.cpu.CpuProvider;
import digitlab.net.EngineSettings;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is said where there is no NVIDIA driver. */
class CudaProviderTest {
  private static CudaProvider with(String... libraries) {
    return new CudaProvider(List.of(libraries), Placement.AUTO, System::nanoTime);
  }

  @Test
  void aMissingDriverIsNamed() {
    CudaProvider provider = with("libno-such-driver.so.1", "no-such-driver.dll");
    Message obstacle = provider.obstacle();
    assertEquals(
        Message.of("engine.cuda.driver", "libno-such-driver.so.1, no-such-driver.dll"), obstacle);
    assertEquals(obstacle, provider.description());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLibraryThatIsNoDriverIsTooOld() {
    assertEquals(
        Message.of("engine.cuda.old-driver", "libm.so.6", "cuGetErrorName"),
        with("libno-such-driver.so.1", "libm.so.6").obstacle());
  }

  @Test
  void withoutItTheCpuTrainsAndSaysWhy() {
    CudaProvider missing = with("libno-such-driver.so.1");
    Engines.Choice choice = new Engines(List.of(missing, new CpuProvider())).choose(Engines.AUTO);
    assertEquals("cpu", choice.provider().name());
    assertEquals(missing.obstacle(), choice.why());
  }

  @Test
  void askedForItRefuses() {
    CudaProvider missing = with("libno-such-driver.so.1");
    Engines engines = new Engines(List.of(missing));
    assertThrows(EngineUnavailableException.class, () -> engines.choose("cuda"));
    EngineSettings settings =
        EngineSettings.forInference(NetworkSpec.parse("2 → 2 softmax"), Loss.CROSS_ENTROPY, 1);
    assertNotNull(
        assertThrows(EngineUnavailableException.class, () -> missing.create(settings, 1))
            .obstacle());
  }
}
