package digitlab.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.text.Message;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said where libtorch is not there, without loading it. */
class PyTorchProviderTest {
  private static final ClassLoader OURS = PyTorchProvider.class.getClassLoader();

  private static String obstacle(String platform, ClassLoader classes) {
    Message obstacle = new PyTorchProvider(new Platform(platform), classes).obstacle();
    return obstacle == null ? "none" : obstacle.key();
  }

  @Test
  void theLibraryIsMissedWhereItIsNotFetched() throws Exception {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertEquals("engine.pytorch.missing", obstacle("linux-x86_64", empty));
    }
  }

  /** Two at most are on the class path of the tests: of this platform, if any. */
  @Test
  void theLibraryOfAnotherPlatformIsNone() {
    String other =
        Platform.current().name().equals("windows-x86_64") ? "macosx-arm64" : "windows-x86_64";
    assertEquals("engine.pytorch.missing", obstacle(other, OURS));
  }

  @Test
  void thereAreMachinesThatNobodyBuildsItFor() {
    assertEquals("engine.pytorch.platform", obstacle("linux-riscv64", OURS));
  }

  @Test
  void platformsAreNamedAsThePackagesAre() {
    assertEquals("linux-x86_64", Platform.of("Linux", "amd64").name());
    assertEquals("windows-x86_64", Platform.of("Windows 11", "amd64").name());
    assertEquals("macosx-arm64", Platform.of("Mac OS X", "aarch64").name());
  }

  @Test
  void theBuildFetchesTheLibraryForTheTestsWhereThereIsOne() {
    if (Platform.current().hasLibTorch()) {
      assertNull(new PyTorchProvider().obstacle());
    }
  }

  @Test
  void isNeverChosenUnasked() {
    assertNotEquals("pytorch", Engines.all().choose(Engines.AUTO).provider().name());
  }

  @Test
  void showsItsBestWithPowersOfTwoOrAllThreads() {
    EngineProvider provider = new PyTorchProvider();
    assertEquals(List.of(1), provider.threadsWorthTrying(1));
    assertEquals(List.of(1, 2, 4, 6), provider.threadsWorthTrying(6));
  }
}
