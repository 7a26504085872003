package digitlab.engine.pytorch;

import java.util.Locale;
import java.util.Set;

/**
 * Operating system and processor, as libtorch's packages name them.
 *
 * @param name "linux-x86_64"
 */
record Platform(String name) {
  private static final Set<String> WITH_LIBTORCH =
      Set.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String family = os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : os;
    String kind =
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> processor;
        };
    return new Platform(family + "-" + kind);
  }

  /** Whether somebody builds libtorch for Java for it. */
  boolean hasLibTorch() {
    return WITH_LIBTORCH.contains(name);
  }

  /** Where in the package the library lies. */
  String libraryPath() {
    String file =
        name.startsWith("windows")
            ? "jnitorch.dll"
            : name.startsWith("mac") ? "libjnitorch.dylib" : "libjnitorch.so";
    return "org/bytedeco/pytorch/" + name + "/" + file;
  }
}
