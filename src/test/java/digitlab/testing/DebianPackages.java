package digitlab.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Programs that tests need and a fresh machine lacks: where there is apt-get, it installs them. */
final class DebianPackages {
  private DebianPackages() {}

  /** Installs a package, if what it brings is not there yet and if there is apt-get. */
  static void installUnless(BooleanSupplier present, String packageName)
      throws IOException, InterruptedException {
    if (present.getAsBoolean() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return;
    }
    System.out.println("There is no " + packageName + " here: installing Debian's.");
    run("apt-get", "update");
    run("apt-get", "install", "-y", packageName);
  }

  /** Runs a command; its failure is left to what comes next, which says better what is missing. */
  static void run(String... command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      System.out.println(String.join(" ", command) + " ended with " + exit);
    }
  }
}
