package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.train.Schedule;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the training with scikit-learn's networks, which know less: one activation for all hidden
 * layers, an output and a loss that belong together, no dropout, a constant rate.
 */
final class SklearnScript {
  private final TrainingPlan plan;
  private final NetworkSpec spec;

  private SklearnScript(TrainingPlan plan) {
    this.plan = plan;
    spec = plan.network();
  }

  static String of(TrainedModel model) {
    SklearnScript script = new SklearnScript(model.plan());
    List<String> sections = new ArrayList<>();
    sections.add(
        PythonParts.header(model, "scikit-learn", "numpy and scikit-learn", script.notes())
            + "\n"
            + script.imports());
    sections.add(PythonParts.constants(model.plan()));
    sections.add(script.network());
    sections.add(PythonParts.DATA);
    sections.add(PythonParts.WEIGHTS);
    sections.add(script.start());
    sections.add(script.targets());
    sections.add(script.evaluate());
    sections.add(script.train());
    sections.add(
        PythonParts.main(
            "start_with = initial_parameters(np.random.default_rng("
                + PythonParts.seed(script.plan)
                + "))",
            "start_with = load(start)",
            "network = train(new_network(start_with), images, labels)",
            "evaluate(network, images, labels)",
            "tensors(network)"));
    return PythonParts.join(sections)
        .replace(
            "    images, labels = read_digits(chosen.data, \"t10k\")\n",
            """
                else:
                    network = assembled(start_with, *read_digits(chosen.data, "t10k"))
                images, labels = read_digits(chosen.data, "t10k")
            """);
  }

  /** Why scikit-learn has no such training; empty if it has. */
  static List<Message> obstacles(TrainingPlan plan) {
    List<Message> obstacles = new ArrayList<>();
    NetworkSpec spec = plan.network();
    List<LayerSpec> hidden = spec.layers().subList(0, spec.layers().size() - 1);
    for (LayerSpec layer : hidden) {
      if (name(layer.activation()) == null) {
        obstacles.add(Message.of("interop.sklearn.activation", layer.activation()));
        break;
      }
    }
    if (hidden.stream().map(LayerSpec::activation).distinct().count() > 1) {
      obstacles.add(Message.of("interop.sklearn.activations"));
    }
    boolean pair =
        switch (plan.loss()) {
          case MSE -> spec.outputActivation() == Activation.IDENTITY;
          case CROSS_ENTROPY -> spec.outputActivation() == Activation.SOFTMAX;
          case BINARY_CROSS_ENTROPY -> spec.outputActivation() == Activation.SIGMOID;
        };
    if (!pair) {
      obstacles.add(Message.of("interop.sklearn.loss", plan.loss(), spec.outputActivation()));
    }
    if (spec.layers().stream().anyMatch(layer -> layer.dropout() > 0)) {
      obstacles.add(Message.of("interop.sklearn.dropout"));
    }
    if (plan.optimizer() instanceof Optimizer.RmsProp
        || plan.optimizer() instanceof Optimizer.AdamW) {
      obstacles.add(Message.of("interop.sklearn.optimizer", plan.optimizer()));
    }
    if (!(plan.schedule() instanceof Schedule.Constant)) {
      obstacles.add(Message.of("interop.sklearn.schedule", plan.schedule()));
    }
    return List.copyOf(obstacles);
  }

  /** As scikit-learn calls it; null if it has none such. */
  private static @Nullable String name(Activation activation) {
    return switch (activation) {
      case IDENTITY -> "identity";
      case SIGMOID -> "logistic";
      case TANH -> "tanh";
      case RELU -> "relu";
      default -> null;
    };
  }

  private boolean isRegressor() {
    return plan.loss() == Loss.MSE;
  }

  private String type() {
    return isRegressor() ? "MLPRegressor" : "MLPClassifier";
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (plan.l2() > 0) {
      notes.add(
          "scikit-learn divides its alpha by the size of the batch, so that it is L2 times the batch here; in\n"
              + "  the last, smaller batch of an epoch it weighs a little more. Its loss includes this term.");
    }
    if (isRegressor()) {
      notes.add(
          "scikit-learn has the squared error for numbers, not for classes: a regressor is trained.");
    }
    return notes;
  }

  private String imports() {
    return """
    import argparse
    import gzip
    import json
    import math
    import struct
    from pathlib import Path

    import numpy as np
    from sklearn.neural_network import @TYPE@
    """
        .replace("@TYPE@", type());
  }

  private String network() {
    StringBuilder sizes = new StringBuilder("(");
    List<LayerSpec> hidden = spec.layers().subList(0, spec.layers().size() - 1);
    hidden.forEach(layer -> sizes.append(layer.neurons()).append(", "));
    sizes.append(")");
    String activation = hidden.isEmpty() ? null : name(hidden.getFirst().activation());
    return """
    SIZES = @ALL@  # pixels, neurons of each layer


    class Network(@TYPE@):
        ""\"scikit-learn's network, which begins with parameters of our choice.""\"

        start_with = None  # an iterator: weights (inputs, neurons) and biases (neurons), layer by layer

        def _init_coef(self, *_):
            return next(self.start_with)


    def new_network(start_with):
        network = Network(
            hidden_layer_sizes=@SIZES@,
            activation="@ACTIVATION@",
    @OPTIMIZER@        learning_rate_init=RATE,
            random_state=@SEED@,
        )
        network.start_with = iter(start_with)
        return network
    """
        .replace("@ALL@", all())
        .replace("@TYPE@", type())
        .replace("@SIZES@", hidden.isEmpty() ? "()" : sizes.toString().replace(", )", ",)"))
        .replace("@ACTIVATION@", activation == null ? "identity" : activation)
        .replace("@OPTIMIZER@", optimizer())
        .replace("@SEED@", PythonParts.seed(plan));
  }

  private String all() {
    StringBuilder text = new StringBuilder("[").append(spec.inputs());
    spec.layers().forEach(layer -> text.append(", ").append(layer.neurons()));
    return text.append(']').toString();
  }

  private String optimizer() {
    return switch (plan.optimizer()) {
      case Optimizer.Sgd() -> sgd(0, false);
      case Optimizer.Momentum(double momentum) -> sgd(momentum, false);
      case Optimizer.Nesterov(double momentum) -> sgd(momentum, true);
      case Optimizer.Adam(double beta1, double beta2) ->
          "        solver=\"adam\",\n        beta_1="
              + Decimals.format(beta1)
              + ",\n        beta_2="
              + Decimals.format(beta2)
              + ",\n";
      default -> throw new ExportRefusedException(obstacles(plan).getFirst());
    };
  }

  private static String sgd(double momentum, boolean nesterov) {
    return "        solver=\"sgd\",\n        momentum="
        + Decimals.format(momentum)
        + ",\n        nesterovs_momentum="
        + (nesterov ? "True" : "False")
        + ",\n";
  }

  private String start() {
    String draw =
        switch (plan.initializer()) {
          case Initializer.Scaled scaled when scaled.gain() == 0 ->
              "        yield np.zeros((inputs, neurons), np.float32), np.zeros(neurons, np.float32)\n";
          case Initializer.Scaled scaled ->
              """
                      deviation = math.sqrt(%s)  # %s
                      weights = rng.normal(0, deviation, (inputs, neurons)).astype(np.float32)
                      yield weights, np.zeros(neurons, np.float32)
              """
                  .formatted(NumpyScript.variance(scaled), scaled.name());
          case Initializer.Uniform(double limit) ->
              """
                      weights = rng.uniform(-@, @, (inputs, neurons)).astype(np.float32)
                      yield weights, rng.uniform(-@, @, neurons).astype(np.float32)
              """
                  .replace("@", Decimals.format(limit));
          case Initializer.Normal(double deviation) ->
              """
                      weights = rng.normal(0, @, (inputs, neurons)).astype(np.float32)
                      yield weights, rng.normal(0, @, neurons).astype(np.float32)
              """
                  .replace("@", Decimals.format(deviation));
        };
    return """
    def initial_parameters(rng):
        for inputs, neurons in zip(SIZES, SIZES[1:]):
    @DRAW@

    def load(path):
        tensors = read_weights(path)  # weights as PyTorch has them: (neurons, inputs)
        for l in range(len(SIZES) - 1):
            yield tensors[f"layers.{l}.weight"].T.copy(), tensors[f"layers.{l}.bias"]


    def tensors(network):
        named = {}
        for l, (weights, biases) in enumerate(zip(network.coefs_, network.intercepts_)):
            named[f"layers.{l}.weight"] = weights.T
            named[f"layers.{l}.bias"] = biases
        return named


    def assembled(parameters, images, labels):
        ""\"A network with these parameters. One step on a few images lets scikit-learn set it up.""\"
        parameters = list(parameters)
        copies = [(weights.copy(), biases.copy()) for weights, biases in parameters]
        network = new_network(copies).set_params(batch_size=10)
        fit(network, images[:10], labels[:10])
        network.coefs_ = [weights for weights, _ in parameters]
        network.intercepts_ = [biases for _, biases in parameters]
        return network
    """
        .replace("@DRAW@", draw);
  }

  private String targets() {
    return switch (plan.loss()) {
      case CROSS_ENTROPY ->
          """
          def fit(network, images, labels):
              ""\"Once through all images, in batches. Softmax and cross-entropy come with the classes.""\"
              network.partial_fit(images, labels, classes=np.arange(SIZES[-1]))


          def outputs_of(network, images):
              return network.predict_proba(images)
          """;
      case BINARY_CROSS_ENTROPY ->
          """
          def fit(network, images, labels):
              ""\"Once through all images, in batches. A yes or no for each digit: sigmoid, binary cross-entropy.""\"
              yes_or_no = np.eye(SIZES[-1], dtype=int)[labels]
              network.partial_fit(images, yes_or_no, classes=np.arange(SIZES[-1]))


          def outputs_of(network, images):
              return network.predict_proba(images)
          """;
      case MSE ->
          """
          def fit(network, images, labels):
              ""\"Once through all images, in batches. The numbers to hit: 1 for the right digit, else 0.""\"
              network.partial_fit(images, np.eye(SIZES[-1], dtype=np.float32)[labels])


          def outputs_of(network, images):
              return network.predict(images)
          """;
    };
  }

  private String evaluate() {
    String formula =
        switch (plan.loss()) {
          case MSE -> "    loss = 0.5 * np.square(outputs - targets).sum(axis=1).mean()\n";
          case CROSS_ENTROPY ->
              "    loss = -np.log(np.maximum((outputs * targets).sum(axis=1), 1e-30)).mean()\n";
          case BINARY_CROSS_ENTROPY ->
              """
                  right = np.where(targets == 1, outputs, 1 - outputs)  # what should be 1
                  loss = -np.log(np.maximum(right, 1e-30)).sum(axis=1).mean()
              """;
        };
    return """
    def evaluate(network, images, labels):
        ""\"The mean loss and the share of images that are recognised.""\"
        outputs = outputs_of(network, images).astype(np.float64)
        targets = np.eye(SIZES[-1])[labels]
    @FORMULA@    return float(loss), float((outputs.argmax(axis=1) == labels).mean())
    """
        .replace("@FORMULA@", formula);
  }

  private String train() {
    return """
    def train(network, images, labels):
        order = np.random.default_rng(@SEED@).permutation(len(images))
        aside = int(VALIDATION * len(images) + 0.5)
        validation, training = order[:aside], order[aside:]
        batch = min(BATCH, len(training))
        network.set_params(batch_size=batch, alpha=@ALPHA@)
    @BEFORE@    for epoch in range(1, EPOCHS + 1):
            fit(network, images[training], labels[training])
            total = network.loss_@FACTOR@ * len(training)
    @END@    return network
    """
        .replace("@SEED@", PythonParts.seed(plan))
        .replace("@BEFORE@", PythonParts.beforeEpochs(plan))
        .replace("@ALPHA@", plan.l2() > 0 ? "L2 * batch" : "0")
        .replace("@FACTOR@", isRegressor() ? " * SIZES[-1]" : "")
        .replace(
            "@END@",
            PythonParts.endOfEpoch(
                plan, "evaluate(network, images[validation], labels[validation])"));
  }
}
