package digitlab.ui;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import digitlab.account.TeacherAccess;
import digitlab.compare.RunComparison;
import digitlab.compare.TestAnswers;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.datasets.OwnSetStore;
import digitlab.engine.Engines;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ChallengeStore;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.Run;
import digitlab.i18n.Language;
import digitlab.insight.InsightService;
import digitlab.jobs.ComparisonQueue;
import digitlab.jobs.SpeedTrials;
import digitlab.jobs.TrainingQueue;
import digitlab.store.Database;
import digitlab.store.SqlChallengeStore;
import digitlab.store.SqlCheckpointStore;
import digitlab.store.SqlEngineComparisonStore;
import digitlab.store.SqlExperimentCatalogue;
import digitlab.store.SqlExperimentStore;
import digitlab.store.SqlModelStore;
import digitlab.store.SqlOwnSetStore;
import digitlab.store.SqlSettingStore;
import digitlab.store.SqlSweepStore;
import digitlab.sweep.SweepService;
import digitlab.testing.Await;
import digitlab.testing.Databases;
import digitlab.testing.IdxFolders;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views on the JVM, over real services: a real database, a real queue, real trainings of a second.
 */
@ViewPackages(classes = Lab.class)
public abstract class LabTest extends BrowserlessTest {
  protected static final TrainingPlan QUICK =
      PlanText.parse("network 784 → 16 relu → 10 softmax; batch 10; epochs 2; rate 0.003");

  @TempDir private Path folder;
  private Database database;
  protected LiveRuns live;
  private TrainingQueue queue;
  private SpeedTrials speeds;
  private ComparisonQueue comparisons;
  protected ExperimentService experiments;
  Catalogue catalogue;
  ChallengeStore challenges;
  OwnSetStore ownSets;

  /** Whether the server pretends to listen on a network. */
  protected boolean onNetwork() {
    return false;
  }

  protected TeacherAccess access;

  /** Gives the services to Vaadin before it makes the first view, as the web server does. */
  public static final class TestFactory implements InstantiatorFactory {
    static @Nullable LabServices services;

    @Override
    public Instantiator createInstantitor(VaadinService service) {
      ((VaadinServletService) service)
          .getServlet()
          .getServletContext()
          .setAttribute(LabServices.class.getName(), services);
      return new LabInstantiator.Factory().createInstantitor(service);
    }
  }

  @Override
  protected Set<Class<?>> lookupServices() {
    return Set.of(TestFactory.class);
  }

  @Override
  @BeforeEach
  protected void initVaadinEnvironment() {
    try {
      IdxFolders.write(folder, 300, 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Databases.H2.open();
    SqlExperimentStore store = new SqlExperimentStore(database);
    SqlModelStore models = new SqlModelStore(database);
    SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
    ownSets = new SqlOwnSetStore(database);
    DataLibrary data = new DataLibrary(folder, folder, new MnistDownload()).with(ownSets);
    live = new LiveRuns();
    queue = new TrainingQueue(store, models, checkpoints, Engines.all(), data, live, 1, 2);
    experiments = new ExperimentService(store, models, checkpoints, queue, live);
    speeds = new SpeedTrials(store, Engines.all(), 2);
    access = new TeacherAccess(new SqlSettingStore(database), onNetwork(), false);
    catalogue = new Catalogue(new SqlExperimentCatalogue(database), live);
    challenges = new SqlChallengeStore(database);
    comparisons =
        new ComparisonQueue(
            store, new SqlEngineComparisonStore(database), Engines.all(), data, live, 2);
    TestFactory.services =
        new LabServices(
            experiments,
            catalogue,
            challenges,
            new RunComparison(catalogue, new TestAnswers(models, data)),
            comparisons,
            new InsightService(models, data, Engines.all()),
            access,
            data,
            ownSets,
            new SweepService(new SqlSweepStore(database), experiments),
            speeds);
    super.initVaadinEnvironment();
    speak(Language.ENGLISH);
  }

  /** The page is closed first, as when a server ends. */
  @Override
  @AfterEach
  protected void cleanVaadinEnvironment() {
    super.cleanVaadinEnvironment();
    comparisons.close();
    queue.close();
    speeds.close();
    live.close();
    database.close();
  }

  protected static void speak(Language language) {
    UI.getCurrent().setLocale(language.locale());
  }

  /** Waits until news have reached the view. */
  protected void awaitView(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          // what other threads want of the page happens when its session is let go
          VaadinSession.getCurrent().unlock();
          VaadinSession.getCurrent().lock();
          return condition.getAsBoolean();
        });
  }

  /** Waits until the newest run of an experiment is over. */
  protected Run awaitEnd(long id) {
    Await.until(
        "the end of the run", () -> run(id).filter(run -> run.status().isOver()).isPresent());
    return run(id).orElseThrow();
  }

  private Optional<Run> run(long id) {
    return experiments.find(id).map(Experiment::run);
  }

  /** All text of a component, as one would read it. */
  protected static String text(Component component) {
    StringBuilder text = new StringBuilder();
    collect(component.getElement(), text);
    return text.toString();
  }

  private static void collect(Element element, StringBuilder text) {
    if (element.isTextNode()) {
      text.append(element.getText()).append(' ');
    } else if (element.isVisible()) {
      element.getChildren().forEach(child -> collect(child, text));
    }
  }
}
