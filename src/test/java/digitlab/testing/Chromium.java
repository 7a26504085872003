package digitlab.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Chromium: the one of this machine; where there is none, Debian's, and elsewhere the one
 * that Playwright fetches. Without any the tests fail.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

  /** Quiet: nothing is asked of any host but ours. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox", // tests may run as root, in a container
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  public Chromium() throws IOException, InterruptedException {
    DebianPackages.installUnless(() -> find().isPresent(), "chromium");
    Optional<Path> program = find();
    BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
    if (program.isPresent()) {
      options.setExecutablePath(program.get());
    } else {
      System.out.println("There is no Chromium here: Playwright fetches one.");
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      DebianPackages.run(
          java,
          "-cp",
          System.getProperty("java.class.path"),
          "com.microsoft.playwright.CLI",
          "install",
          "--with-deps",
          "chromium");
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright.chromium().launch(options);
  }

  private static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
