package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.math.Rng;
import digitlab.testing.Refusal;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.parse("12 → 8 relu → 6 tanh dropout 0.5 → 4 softmax");
  private static final Parameters PARAMETERS = Samples.parameters(SPEC, new Rng(2));

  private static Inspection inspection(Loss loss, NetworkSpec spec, Parameters parameters) {
    Inspection inspection = new Inspection(spec, loss, 5);
    inspection.parameters().copyFrom(parameters);
    return inspection;
  }

  @Test
  void seesTheGradientsAndTheLossOfTheEngine() {
    Batch batch = Samples.batch(5, 12, 4, new Rng(3));
    Inspection inspection = inspection(Loss.CROSS_ENTROPY, SPEC, PARAMETERS);
    StepResult seen = inspection.look(batch);
    EngineSettings settings = EngineSettings.forInference(SPEC, Loss.CROSS_ENTROPY, 5);
    try (JavaEngine engine = new JavaEngine(settings, new PlainKernels())) {
      engine.load(PARAMETERS);
      Parameters expected = new Parameters(SPEC);
      engine.gradients(batch, expected);
      assertArrayEquals(expected.values(), inspection.gradient().values());
      assertEquals(engine.predict(batch, new float[20]), seen);
    }
    double sum = 0;
    for (int row = 0; row < 5; row++) {
      sum += inspection.lossOf(row, batch.label(row));
    }
    assertEquals(seen.loss(), sum / 5, 1e-6);
  }

  /** With as many terms as there are inputs, the numbers of every neuron must add up. */
  @Test
  void aNeuronsNumbersAddUp() {
    for (Loss loss : new Loss[] {Loss.MSE, Loss.CROSS_ENTROPY}) {
      Batch batch = Samples.batch(1, 12, 4, new Rng(4));
      Inspection inspection = inspection(loss, SPEC, PARAMETERS);
      StepResult _ = inspection.look(batch);
      for (int layer = 0; layer < 3; layer++) {
        DenseLayer dense = PARAMETERS.layer(layer);
        for (int neuron = 0; neuron < dense.out(); neuron++) {
          NeuronStudy study = inspection.study(layer, neuron, batch.label(0), 12);
          double z = study.bias();
          for (NeuronStudy.Term term : study.inputs()) {
            z += term.product();
          }
          assertEquals(study.sum(), z, 1e-5);
          if (layer < 2) {
            double pull = 0;
            for (NeuronStudy.Term term : study.above()) {
              pull += term.product();
            }
            assertEquals(pull, study.pull(), 1e-6);
            assertEquals(study.delta(), study.pull() * study.slope(), 1e-6);
          }
          float gradient = inspection.gradient().values()[dense.biasesAt() + neuron];
          assertEquals(gradient, study.delta(), 1e-6);
        }
      }
    }
  }

  @Test
  void theTermsThatWeighMostComeFirst() {
    Inspection inspection = inspection(Loss.CROSS_ENTROPY, SPEC, PARAMETERS);
    StepResult _ = inspection.look(Samples.batch(1, 12, 4, new Rng(5)));
    NeuronStudy study = inspection.study(2, 3, 1, 4);
    assertEquals(4, study.inputs().size());
    for (int i = 1; i < 4; i++) {
      double before = Math.abs(study.inputs().get(i - 1).product());
      assertTrue(before >= Math.abs(study.inputs().get(i).product()));
    }
  }

  /** Where activations are identities, the picture times the image is the weighted sum. */
  @Test
  void aWeightPictureIsExactWhereActivationsAreIdentities() {
    NetworkSpec linear = NetworkSpec.parse("12 → 8 identity → 6 identity → 4 softmax");
    Parameters parameters = Samples.parameters(linear, new Rng(6));
    for (int l = 0; l < 3; l++) { // no biases
      DenseLayer layer = parameters.layer(l);
      java.util.Arrays.fill(parameters.values(), layer.biasesAt(), layer.end(), 0);
    }
    Inspection inspection = inspection(Loss.CROSS_ENTROPY, linear, parameters);
    StepResult _ = inspection.look(Samples.batch(1, 12, 4, new Rng(7)));
    float[] picture = WeightPicture.of(parameters, 2, 1);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += picture[i] * inspection.inputs(0)[i];
    }
    assertEquals(inspection.sums(2)[1], sum, 1e-4);
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    Inspection inspection = inspection(Loss.CROSS_ENTROPY, SPEC, PARAMETERS);
    String message = Refusal.of(() -> inspection.look(Samples.batch(6, 12, 4, new Rng(1))));
    assertTrue(message.contains("6 images of 12 pixels; this looks at up to 5 of 12"), message);
  }
}
