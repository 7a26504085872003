package digitlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the measurements were made on.
 *
 * @param processor as it calls itself, or its kind where it does not say
 * @param java the virtual machine with its version
 */
public record Machine(String processor, int cores, String system, String java) {
  /** This one. */
  public static Machine current() {
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private static String model() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) { // not Linux
      return System.getProperty("os.arch");
    }
  }

  @Override
  public String toString() {
    return processor + ", " + cores + (cores == 1 ? " core, " : " cores, ") + system + ", " + java;
  }
}
