package digitlab.train;

import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is shipped: most of them do again what somebody has published.
 *
 * @param name as on the command line
 * @param published what was published about it; null if nothing was
 */
public record Preset(String name, TrainingPlan plan, @Nullable Published published) {

  /**
   * A published result.
   *
   * @param accuracy the share of test images that was recognised, 0…1
   */
  public record Published(double accuracy, String source) {}

  /** All of them, the simplest first. */
  public static final List<Preset> ALL =
      List.of(
          new Preset(
              "3b1b",
              PlanText.parse(
                  """
                  network 784 → 16 sigmoid → 16 sigmoid → 10 sigmoid
                  loss mse; optimizer sgd; rate 3; schedule cosine; batch 10; epochs 10
                  initializer xavier; l2 0.00003; validation 0.1
                  """),
              new Published(0.96, "3Blue1Brown, Neural networks, chapters 1–4 (2017)")),
          new Preset(
              "nielsen-30",
              PlanText.parse(
                  """
                  network 784 → 30 sigmoid → 10 sigmoid
                  loss mse; optimizer sgd; rate 3; batch 10; epochs 30
                  initializer lecun; validation 0.166667
                  """),
              new Published(
                  0.9542, "Nielsen, Neural Networks and Deep Learning, chapter 1 (2015)")),
          new Preset(
              "nielsen-100",
              PlanText.parse(
                  """
                  network 784 → 100 sigmoid → 10 sigmoid
                  loss binary-cross-entropy; optimizer sgd; rate 0.4; schedule cosine; batch 10; epochs 60
                  initializer lecun; l2 0.00005; validation 0.166667
                  """),
              new Published(
                  0.9804, "Nielsen, Neural Networks and Deep Learning, chapter 3 (2015)")),
          new Preset(
              "lecun-300-100",
              PlanText.parse(
                  """
                  network 784 → 300 tanh → 100 tanh → 10 tanh
                  loss mse; optimizer sgd; rate 0.1; schedule cosine; batch 10; epochs 20
                  initializer lecun; l2 0.00001; validation 0.0834
                  """),
              new Published(
                  0.9695,
                  "LeCun, Bottou, Bengio, Haffner, Gradient-based learning, table I (1998)")),
          new Preset(
              "keras-mlp",
              PlanText.parse(
                  """
                  network 784 → 512 relu dropout 0.2 → 512 relu dropout 0.2 → 10 softmax
                  loss cross-entropy; optimizer rmsprop 0.9; rate 0.001; schedule cosine; batch 128
                  epochs 20; initializer xavier; validation 0
                  """),
              new Published(0.984, "Keras, examples/mnist_mlp.py (2015)")),
          new Preset(
              "simard-800",
              PlanText.parse(
                  """
                  network 784 → 800 relu → 10 softmax
                  loss cross-entropy; optimizer momentum 0.9; rate 0.05; schedule cosine; batch 64
                  epochs 60; initializer he; validation 0.0834; augmentation shift 1 rotate 7.5 elastic 34
                  """),
              new Published(
                  0.993, "Simard, Steinkraus, Platt, Best practices for CNNs, table 1 (2003)")),
          new Preset(
              "ciresan",
              PlanText.parse(
                  """
                  network 784 → 2500 tanh → 2000 tanh → 1500 tanh → 1000 tanh → 500 tanh → 10 softmax
                  loss cross-entropy; optimizer sgd; rate 0.05; schedule cosine; batch 64; epochs 800
                  initializer lecun; validation 0.0834
                  augmentation rotate 15 scale 0.175 shear 0.13 elastic 36
                  """),
              new Published(
                  0.9965, "Cireşan, Meier, Gambardella, Schmidhuber, Deep big simple nets (2010)")),
          new Preset(
              "pad",
              PlanText.parse(
                  """
                  data mnist+pen-digits+doodles
                  network 784 → 512 relu → 256 relu → 10 softmax
                  loss cross-entropy; optimizer adam; rate 0.0015; schedule cosine; batch 128; epochs 20
                  initializer he; validation 0
                  augmentation shift 1 rotate 8 scale 0.1 shear 0.1 elastic 12 thickness 0.5
                  """),
              null));

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static Preset named(String name) {
    List<String> names = new ArrayList<>();
    for (Preset preset : ALL) {
      if (preset.name.equals(name)) {
        return preset;
      }
      names.add(preset.name);
    }
    throw new IllegalArgumentException(
        "There is no preset \"" + name + "\"; choose " + Words.choices(names) + ".");
  }
}
