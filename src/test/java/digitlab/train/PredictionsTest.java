package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  /** Two classes; five answers: right and sure, right, wrong and sure, wrong, right. */
  private static final Predictions FIVE =
      new Predictions(
          2,
          new float[] {0.95f, 0.05f, 0.4f, 0.6f, 0.93f, 0.07f, 0.45f, 0.55f, 0.7f, 0.3f},
          new byte[] {0, 1, 1, 0, 0});

  @Test
  void gathersTheImagesOfACellTheSurestFirst() {
    assertArrayEquals(new int[] {0, 4}, FIVE.cell(0, 0));
    assertArrayEquals(new int[] {3}, FIVE.cell(0, 1));
    assertArrayEquals(new int[] {2}, FIVE.cell(1, 0));
    assertEquals(2, FIVE.confusion().get(0, 0));
  }

  @Test
  void findsTheHardest() {
    assertArrayEquals(new int[] {2, 3, 1}, FIVE.hardest(3));
    assertEquals(5, FIVE.hardest(99).length);
  }

  @Test
  void judgesEachClass() {
    ConfusionMatrix matrix = FIVE.confusion();
    assertEquals(2 / 3.0, matrix.precision(0), 1e-12);
    assertEquals(2 / 3.0, matrix.recall(0), 1e-12);
    assertEquals(0.5, matrix.precision(1), 1e-12);
    assertEquals(2 / 3.0, matrix.f1(0), 1e-12);
    assertTrue(Double.isNaN(ConfusionMatrix.empty(3).precision(1)));
  }

  @Test
  void judgesWhetherItKnowsItself() {
    Calibration calibration = FIVE.calibration(10);
    Calibration.Bin sure = calibration.bins().get(9);
    assertEquals(2, sure.count());
    assertEquals(0.94, sure.confidence(), 1e-6);
    assertEquals(0.5, sure.accuracy());
    // |0.94−0.5|·2/5 + |0.7−1|/5 + |0.6−1|/5 + |0.55−0|/5
    assertEquals(0.176 + 0.06 + 0.08 + 0.11, calibration.expectedError(), 1e-6);
    assertEquals(0, calibration.bins().getFirst().count());
  }

  @Test
  void agreesWithTheEvaluation() {
    NetworkSpec spec = NetworkSpec.parse("784 → 12 relu → 10 sigmoid");
    Dataset digits = new StrokeGenerator(5).dataset(300); // more than one batch
    EngineSettings settings = EngineSettings.forInference(spec, Loss.MSE, 256);
    try (Engine engine = new JavaEngine(settings, new PlainKernels())) {
      engine.load(Parameters.initial(spec, digitlab.net.Initializer.HE, 3));
      Predictions predictions = Predictions.of(engine, spec, digits);
      Evaluation evaluation = Evaluation.of(engine, 10, digits, digits.allNumbers());
      assertArrayEquals(evaluation.confusion().counts(), predictions.confusion().counts());
      double sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += predictions.probability(299, c);
      }
      assertEquals(1, sum, 1e-5);
    }
  }
}
