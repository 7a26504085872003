package digitlab.sweep;

import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.train.PlanCheck;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people do with sweeps. Thread-safe. */
public final class SweepService {
  private final SweepStore store;
  private final ExperimentService experiments;

  public SweepService(SweepStore store, ExperimentService experiments) {
    this.store = store;
    this.experiments = experiments;
  }

  /**
   * Makes a sweep and its experiments, without starting them.
   *
   * @throws IllegalArgumentException if a plan of it can't be trained, or there are too many
   */
  public Sweep create(String name, TrainingPlan base, SweepSpace space) {
    List<TrainingPlan> plans = space.plans(base);
    for (TrainingPlan plan : plans) {
      if (!PlanCheck.errors(plan).isEmpty()) {
        throw new IllegalArgumentException(
            "One of the plans can't be trained: "
                + PlanCheck.errors(plan).getFirst().key()
                + " in "
                + plan
                + ".");
      }
    }
    long id = store.create(name.strip(), base, space);
    for (TrainingPlan plan : plans) {
      store.add(id, experiments.create(name(name.strip(), plan, space.fields()), plan));
    }
    return find(id).orElseThrow();
  }

  /** "wider · rate 0.1 · batch 32", shortened if it is too long. */
  private static String name(String name, TrainingPlan plan, List<String> fields) {
    StringBuilder text = new StringBuilder(name);
    for (String field : fields) {
      text.append(" · ").append(field).append(' ').append(SweepField.value(plan, field));
    }
    return text.length() > Experiment.LONGEST_NAME
        ? text.substring(0, Experiment.LONGEST_NAME - 1) + "…"
        : text.toString();
  }

  public Optional<Sweep> find(long sweep) {
    return store.find(sweep);
  }

  /** The newest first. */
  public List<Sweep> list() {
    return store.list();
  }

  /**
   * An experiment of a sweep, as it stands this moment.
   *
   * @param bestValidation of its newest run, 0…1; negative if there is none
   * @param sealed whether its test result is hidden, because a challenge is not revealed
   */
  public record Member(Experiment experiment, double bestValidation, boolean sealed) {}

  /** In the order in which they were made. */
  public List<Member> members(long sweep) {
    Map<Long, Double> best = store.bestValidations(sweep);
    List<Member> members = new ArrayList<>();
    for (SweepStore.Entry entry : store.experiments(sweep)) {
      Experiment now = experiments.refresh(entry.experiment());
      members.add(new Member(now, best.getOrDefault(now.id(), -1.0), entry.sealed()));
    }
    return members;
  }

  /** Queues all that were not trained to their end, and lets those play that are paused. */
  public void play(long sweep) {
    for (Member member : members(sweep)) {
      Run run = member.experiment().run();
      if (run == null || (run.status() != RunStatus.DONE && run.status() != RunStatus.FAILED)) {
        experiments.play(member.experiment().id());
      }
    }
  }

  /** Holds all that go on. */
  public void pause(long sweep) {
    members(sweep).forEach(member -> experiments.pause(member.experiment().id()));
  }

  /** Ends all that go on. */
  public void stop(long sweep) {
    members(sweep).forEach(member -> experiments.stop(member.experiment().id()));
  }
}
