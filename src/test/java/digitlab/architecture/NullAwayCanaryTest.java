package digitlab.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bird in the mine: compiles a class with a null in it as the build compiles ours, and expects
 * NullAway to cry out.
 */
class NullAwayCanaryTest {
  @TempDir private Path folder;

  private record Compilation(int exit, String output) {}

  private Compilation compile(String value) throws IOException, InterruptedException {
    Path source = folder.resolve("Canary.java");
    Files.writeString(
        source,
        """
        package canary;

        @org.jspecify.annotations.NullMarked
        class Canary {
          String sing() {
            return %s;
          }
        }
        """
            .formatted(value));
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString()));
    for (String option : Files.readAllLines(Path.of(".mvn/jvm.config"))) {
      command.add("-J" + option);
    }
    command.addAll(
        List.of(
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "-XDaddTypeAnnotationsToSymbol=true"));
    command.add(System.getProperty("errorprone.plugin"));
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        List.of(
            "-processorpath",
            classPath,
            "-classpath",
            classPath,
            "-d",
            folder.toString(),
            source.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Compilation(process.waitFor(), output);
  }

  @Test
  void nullAwayIsAwake() throws Exception {
    Compilation bad = compile("null");
    assertTrue(bad.output().contains("[NullAway] returning @Nullable expression"), bad.output());
    assertEquals(1, bad.exit());
    Compilation good = compile("\"tweet\"");
    assertEquals(0, good.exit(), good.output());
  }
}
