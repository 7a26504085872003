package digitlab.cli;

import digitlab.engine.Engines;
import digitlab.store.Database;
import digitlab.text.Decimals;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = "Serves the web application: the Draw page at /, the Lab at /lab.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;
  private static final int MOST_AT_ONCE = 100;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Default: 8080. 0: any free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Default: 127.0.0.1, this computer alone. 0.0.0.0: the whole network; the Lab then needs the teacher's password.")
  private String host;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ~/.digitlab.")
  private @Nullable Path home;

  @Option(
      names = "--db",
      paramLabel = "JDBC-URL",
      description = "A PostgreSQL database instead of the H2 file in the home directory.")
  private @Nullable String db;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "How many trainings go on at the same time; the others wait. Default: half as many as there are cores."
              + " Small networks on a GPU: at least 32.")
  private @Nullable Integer atOnce;

  @Option(
      names = "--reset-password",
      description = "Prints a link with which a new teacher's password can be set.")
  private boolean resetPassword;

  @Mixin private Data data;

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException(
          "The port is " + port + "; it must lie between 0 and " + MOST_PORT + ".");
    }
    int wanted = atOnce == null ? Application.Settings.usualAtOnce() : atOnce;
    int trainings =
        Usage.check(
            () -> Decimals.requireRange(wanted, "number of trainings at once", 1, MOST_AT_ONCE));
    boolean network = !isOwnComputer(host);
    Path directory = Home.prepare(home == null ? Home.DEFAULT : home);
    Engines.prepareJava();
    Log.toFile(directory.resolve("logs"));
    String database = db == null ? Database.h2Url(directory) : db;
    try (Application application =
        new Application(
            new Application.Settings(
                host,
                port,
                network,
                database,
                data.library(directory),
                resetPassword,
                trainings))) {
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "shutdown"));
      application.warmUp();
      announce(application);
      application.thinOutCurves();
      application.join();
    }
    return 0;
  }

  private static boolean isOwnComputer(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UsageException(
          "There is no address \""
              + host
              + "\". Use 127.0.0.1 for this computer alone or 0.0.0.0 for the network.");
    }
  }

  private static void announce(Application application) {
    System.out.println(
        "Digit Lab is ready: "
            + application.uri()
            + " (Lab: "
            + application.uri().resolve("/lab")
            + "). Ctrl+C ends it.");
    application
        .passwordLink()
        .ifPresent(
            link ->
                System.out.println(
                    "Set the teacher's password with this link, which works once: " + link));
  }
}
