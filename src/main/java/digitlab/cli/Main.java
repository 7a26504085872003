package digitlab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code java -jar digitlab.jar COMMAND …}. Exit 0 done, 1 failed, 2 wrong usage.
 */
@Command(
    name = "digitlab",
    description = "See, train and understand a neural network that reads handwritten digits.",
    subcommands = {
      ServeCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ClassifyCommand.class,
      PresetsCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      BenchCommand.class,
      BenchWorkerCommand.class,
      SiteCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int exit;
    try {
      exit = commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      System.err.println(
          "There is not enough memory: Java may use "
              + megabytes
              + " MB. Make the network or the batches smaller, or give it more: java -Xmx8g -jar digitlab.jar …");
      exit = CommandLine.ExitCode.SOFTWARE;
    }
    System.exit(exit);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(new FailureReport());
    line.setParameterExceptionHandler(new UsageReport());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /** The version that the jar's manifest names. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"digitlab " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
