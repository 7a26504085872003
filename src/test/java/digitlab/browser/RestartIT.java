package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.jobs.TrainingJob;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.StepResult;
import digitlab.store.Database;
import digitlab.store.SqlCheckpointStore;
import digitlab.store.SqlExperimentStore;
import digitlab.testing.Chromium;
import digitlab.testing.IdxFolders;
import digitlab.testing.ServerProcess;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it ships, killed in the middle of a training. */
class RestartIT {
  private static final int EPOCHS = 400;
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 32 relu → 10 softmax; batch 10; rate 0.0001; epochs " + EPOCHS);
  private static final Pattern EPOCH = Pattern.compile("(\\d+)/" + EPOCHS);

  @TempDir private Path folder;

  /** Nobody presses Play, and the network has the bits of one that was never interrupted. */
  @Test
  void aTrainingGoesOnByItselfAfterItsServerWasKilled() throws Exception {
    Path home = folder.resolve("home");
    Path data = IdxFolders.write(folder.resolve("data"), 2000, 200);
    long experiment = queue(home);
    try (Chromium chromium = new Chromium();
        Page page = chromium.browser().newPage()) {
      try (ServerProcess server = ServerProcess.start(home, data)) {
        page.navigate(server.uri().resolve("lab/experiments/" + experiment).toString());
        page.waitForCondition(
            () -> epoch(page) > EPOCHS / 5, new Page.WaitForConditionOptions().setTimeout(60_000));
        server.kill();
      }
      try (Database database = Database.open(Database.h2Url(home))) {
        Run left = run(database, experiment);
        assertEquals(RunStatus.RUNNING, left.status(), "it had no time to say anything");
        assertTrue(new SqlCheckpointStore(database).step(left.id()).orElse(0) > 0);
      }
      try (ServerProcess server = ServerProcess.start(home, data)) {
        page.navigate(server.uri().resolve("lab/experiments/" + experiment).toString());
        page.waitForSelector(
            "#test-accuracy", new Page.WaitForSelectorOptions().setTimeout(120_000));
      }
    }
    try (Database database = Database.open(Database.h2Url(home))) {
      Run done = run(database, experiment);
      assertEquals(RunStatus.DONE, done.status());
      assertEquals(EPOCHS, new SqlExperimentStore(database).history(done.id()).epochs().size());
      assertEquals(straight(data), done.model());
    }
  }

  /** As if a server had ended while it waited. */
  private static long queue(Path home) {
    assertTrue(home.toFile().mkdirs());
    try (Database database = Database.open(Database.h2Url(home))) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      long experiment = store.create("killed", PLAN);
      store.addRun(experiment);
      return experiment;
    }
  }

  private static Run run(Database database, long experiment) {
    return Objects.requireNonNull(
        new SqlExperimentStore(database).find(experiment).orElseThrow().run());
  }

  private static int epoch(Page page) {
    Matcher counter =
        EPOCH.matcher(String.join("", page.locator("#epoch-counter").allTextContents()));
    return counter.find() ? Integer.parseInt(counter.group(1)) : 0;
  }

  /** The network that comes of it without any interruption. */
  private static String straight(Path folder) throws InterruptedException {
    DataPair data =
        new DataLibrary(folder, folder, new MnistDownload()).find(PLAN.data(), (_, _, _) -> {});
    EngineProvider engine = Engines.all().choose(Engines.AUTO).provider();
    TrainingJob.Result result = new TrainingJob(PLAN, data, engine, 2, new Deaf()).run();
    return NetworkFormat.read(
            NetworkFormat.write("killed", NetworkFile.MNIST_28, PLAN.loss(), result.parameters()))
        .id();
  }

  private static final class Deaf implements TrainingJob.Listener {
    @Override
    public void onStart(long allSteps, int trainingImages) {}

    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {}
  }
}
