package digitlab.insight;

import digitlab.data.Dataset;
import digitlab.math.PrincipalAxes;
import digitlab.net.Batch;
import digitlab.net.Images;
import digitlab.net.Inspection;
import digitlab.net.Loss;
import digitlab.net.Network;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkSpec;
import digitlab.net.NeuronStudy;
import digitlab.net.WeightPicture;
import digitlab.train.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One trained network with the images it was tested with. Thread-safe: one look at a time. */
public final class Insight {
  /** How many images a map of a layer shows. */
  public static final int MAP_POINTS = 1000;

  private static final int ROWS = 100;
  private static final int TERMS = 4;

  private final Dataset test;
  private final Predictions predictions;
  private final Loss loss;
  private final Inspection single;

  Insight(NetworkFile network, Dataset test, Predictions predictions) {
    this.test = test;
    this.predictions = predictions;
    loss = network.loss();
    single = new Inspection(network.parameters().spec(), loss, 1);
    single.parameters().copyFrom(network.parameters());
  }

  public NetworkSpec spec() {
    return single.parameters().spec();
  }

  public Loss loss() {
    return loss;
  }

  /** The images that it was tested with. */
  public Dataset test() {
    return test;
  }

  /** What it says to them. */
  public Predictions predictions() {
    return predictions;
  }

  /** What happens for one image of the test set. */
  public DigitStudy study(int image) {
    return study(test.image(image), test.label(image));
  }

  /**
   * What happens for any image.
   *
   * @param pixels (inputs): 0 is paper, 255 is ink
   * @param label the right answer
   */
  public synchronized DigitStudy study(byte[] pixels, int label) {
    look(pixels, label);
    int layers = single.parameters().layerCount();
    List<float[]> outputs = new ArrayList<>();
    List<float[]> deltas = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      outputs.add(single.outputs(l).clone());
      deltas.add(single.deltas(l).clone());
    }
    float[] last = outputs.getLast();
    int answer = Network.largest(last, 0, last.length);
    int second = second(last, answer);
    float[] pull = new float[spec().inputs()];
    single.explanation().pull(layers - 1, answer, second, pull);
    return new DigitStudy(
        pixels.clone(),
        label,
        answer,
        second,
        Network.shares(last),
        single.lossOf(0, label),
        outputs,
        deltas,
        pull);
  }

  /** One neuron with its numbers for an image. */
  public synchronized NeuronStudy neuron(byte[] pixels, int label, int layer, int neuron) {
    look(pixels, label);
    return single.study(layer, neuron, label, TERMS);
  }

  private void look(byte[] pixels, int label) {
    if (label < 0 || label >= spec().outputs()) {
      throw new IllegalArgumentException(
          "The label " + label + " is none of the " + spec().outputs() + " classes. Choose one.");
    }
    Images image = Images.of(pixels.length, pixels, new byte[] {(byte) label});
    var _ = single.look(new Batch().select(image, new int[] {0}, 0, 1));
  }

  private static int second(float[] outputs, int answer) {
    int second = answer == 0 ? 1 % outputs.length : 0;
    for (int c = 0; c < outputs.length; c++) {
      second = c != answer && outputs[c] > outputs[second] ? c : second;
    }
    return second;
  }

  /** The weights of one neuron as an image, (inputs); see {@link WeightPicture}. */
  public float[] weights(int layer, int neuron) {
    return WeightPicture.of(single.parameters(), layer, neuron);
  }

  /**
   * Test images where a layer puts them: its outputs along the two directions in which they differ
   * most.
   *
   * @return the axes; point {@code i} is test image {@code i}
   */
  public PrincipalAxes map(int layer) {
    int points = Math.min(MAP_POINTS, test.size());
    int neurons = spec().layers().get(layer).neurons();
    float[] outputs = new float[points * neurons];
    Inspection many = new Inspection(spec(), loss, Math.min(ROWS, points));
    many.parameters().copyFrom(single.parameters());
    Batch batch = new Batch();
    int[] numbers = test.allNumbers();
    for (int from = 0; from < points; from += ROWS) {
      int rows = Math.min(ROWS, points - from);
      var _ = many.look(batch.select(test.images(), numbers, from, rows));
      float[] seen = Arrays.copyOf(many.outputs(layer), rows * neurons);
      System.arraycopy(seen, 0, outputs, from * neurons, seen.length);
    }
    return PrincipalAxes.of(outputs, neurons, 2, 1);
  }
}
