package digitlab.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Builds the simulated CUDA driver of {@code src/test/cuda} with a set of kernels in it. A build
 * takes some seconds and is kept under {@code target}, named by the digest of all that it was made
 * from.
 */
public final class SimulatedCuda {
  /** How closely the card looks at what kernels do. */
  public enum Checks {
    /** Each access to memory is checked, and races are found. Slow. */
    ALL("-O1 -fsanitize=thread,alignment,bounds"),
    /** Only what costs nothing: launches, copies, barriers; for trainings of some length. */
    FEW("-O2");

    private final String flags;

    Checks(String flags) {
      this.flags = flags;
    }
  }

  private static final Path SIMULATION = Path.of("src/test/cuda").toAbsolutePath();
  private static final Path KERNELS = Path.of("src/main/cuda").toAbsolutePath();
  private static final Path BUILDS = Path.of("target/simulated-cuda").toAbsolutePath();
  private static final List<String> FLAGS =
      List.of(
          "-std=c++20",
          "-g",
          "-fPIC",
          "-ffp-contract=off",
          "-Wall",
          "-Wextra",
          "-Wno-unknown-pragmas",
          "-fvisibility=hidden",
          "-I" + SIMULATION,
          "-I" + KERNELS);

  private SimulatedCuda() {}

  /** The driver as a library, with the kernels that the engine brings. */
  public static Path library(Checks checks) {
    return build(
        "libcuda.so",
        checks,
        List.of("-shared", "-Wl,-z,defs"),
        List.of(KERNELS.resolve("kernels.cu")));
  }

  /** The program that tests the simulation itself. */
  public static Path selfTest() {
    Path folder = SIMULATION.resolve("selftest");
    return build(
        "selftest",
        Checks.ALL,
        List.of(),
        List.of(folder.resolve("mistakes.cu"), folder.resolve("selftest.cpp")));
  }

  private static Path build(String name, Checks checks, List<String> linking, List<Path> sources) {
    if (!Files.isDirectory(SIMULATION)) {
      Assumptions.abort("There are no sources of the simulated CUDA driver here.");
    }
    try {
      Compiler compiler = Compiler.find();
      Path folder = BUILDS.resolve(digest(checks, sources));
      Path result = folder.resolve(name);
      if (!Files.exists(result)) {
        long start = System.nanoTime();
        Files.createDirectories(BUILDS);
        Path work = Files.createTempDirectory(BUILDS, "building");
        compile(compiler, work, name, checks, linking, sources);
        Files.createDirectories(folder);
        Files.move(work.resolve(name), result, StandardCopyOption.REPLACE_EXISTING);
        System.out.printf(
            "Simulated CUDA driver built in %.1f s: %s%n",
            (System.nanoTime() - start) * 1e-9, result);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The simulation as one piece, which is three times as quick as file by file. */
  private static void compile(
      Compiler compiler,
      Path work,
      String name,
      Checks checks,
      List<String> linking,
      List<Path> sources)
      throws IOException, InterruptedException {
    StringBuilder simulation = new StringBuilder();
    for (Path file : files(SIMULATION)) {
      if (file.getParent().equals(SIMULATION) && file.toString().endsWith(".cpp")) {
        simulation.append("#include \"").append(file).append("\"\n");
      }
    }
    Files.writeString(work.resolve("simulation.cpp"), simulation);
    List<Compiler.Run> runs = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    runs.add(compiler.start(work, with(List.of("-O1", "-c", "simulation.cpp"))));
    objects.add("simulation.o");
    for (Path source : sources) {
      String object = source.getFileName() + ".o";
      List<String> arguments = new ArrayList<>();
      if (source.toString().endsWith(".cu")) {
        arguments.addAll(List.of(checks.flags.split(" ")));
        arguments.add("-fno-exceptions");
      }
      arguments.addAll(List.of("-x", "c++", "-c", source.toString(), "-o", object));
      runs.add(compiler.start(work, with(arguments)));
      objects.add(object);
    }
    for (Compiler.Run run : runs) {
      System.out.print(run.await()); // warnings
    }
    List<String> link = new ArrayList<>(linking);
    link.addAll(objects);
    link.addAll(List.of("-o", name));
    System.out.print(compiler.start(work, link).await());
  }

  private static List<String> with(List<String> arguments) {
    return Stream.concat(FLAGS.stream(), arguments.stream()).toList();
  }

  /** Of all files that it may be made from, and the flags. */
  private static String digest(Checks checks, List<Path> sources) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((FLAGS + checks.flags + sources).getBytes(StandardCharsets.UTF_8));
      for (Path folder : List.of(SIMULATION, KERNELS)) {
        for (Path file : files(folder)) {
          digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
