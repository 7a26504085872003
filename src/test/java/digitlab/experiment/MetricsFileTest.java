package digitlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.train.TrainingPlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsFileTest {
  private static RunHistory history() {
    RunHistory history = new RunHistory();
    history.addSteps(new StepMetrics(1, new float[] {2, 1, 0.5f}, new float[] {0, 0.5f, 1}));
    history.addEpoch(new EpochRecord(1, 2, 1.5, 0.25, 0.00001, 0.5, 1000));
    history.addEpoch(new EpochRecord(2, 3, Double.NaN, 1, null, null, 2000.5));
    return history;
  }

  @Test
  void theTableIsPlain() {
    assertEquals(
        """
        epoch,step,training_loss,training_accuracy,validation_loss,validation_accuracy,samples_per_second
        1,2,1.5,0.25,0.00001,0.5,1000
        2,3,,1,,,2000.5
        """,
        MetricsFile.csv(history()).replace("\r\n", "\n"));
  }

  @Test
  void theObjectSaysItAll() {
    Run run = Run.queued(1, 2, Instant.EPOCH).over(RunStatus.STOPPED, null, Instant.EPOCH);
    Experiment experiment = new Experiment(2, "mine", TrainingPlan.DEFAULT, Instant.EPOCH, run);
    JsonNode json = JsonMapper.shared().readTree(MetricsFile.json(experiment, run, history()));
    assertEquals("mine", json.get("experiment").asString());
    assertEquals("stopped", json.get("status").asString());
    assertEquals("784 → 128 relu → 10 softmax", json.get("plan").get("network").asString());
    assertTrue(json.get("testAccuracy").isNull());
    assertEquals(2, json.get("epochs").size());
    assertEquals(0.25, json.get("epochs").get(0).get("trainAccuracy").asDouble());
    assertEquals(1, json.get("steps").get("width").asInt());
    assertEquals("[2.0,1.0,0.5]", json.get("steps").get("loss").get("mean").toString());
    assertEquals("[0.0,0.5,1.0]", json.get("steps").get("accuracy").get("most").toString());
  }
}
