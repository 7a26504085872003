package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the training out in NumPy: forward pass, backpropagation and optimiser in plain sight. */
final class NumpyScript {
  private final TrainingPlan plan;
  private final NetworkSpec spec;
  private final boolean dropout;

  private NumpyScript(TrainingPlan plan) {
    this.plan = plan;
    spec = plan.network();
    dropout = spec.layers().stream().anyMatch(layer -> layer.dropout() > 0);
  }

  static String of(TrainedModel model) {
    NumpyScript script = new NumpyScript(model.plan());
    List<String> notes =
        script.uses(Activation.GELU)
            ? List.of("NumPy has no erf, so that GELU takes it number by number from math: slow.")
            : List.of();
    List<String> sections = new ArrayList<>();
    sections.add(PythonParts.header(model, "NumPy", "numpy", notes) + "\n" + imports());
    sections.add(PythonParts.constants(model.plan()));
    sections.addAll(script.activations());
    sections.add(script.layers());
    sections.add(PythonParts.DATA);
    sections.add(PythonParts.WEIGHTS);
    sections.add(script.parameters());
    sections.add(script.forward());
    sections.add(script.loss());
    sections.add(script.backward());
    sections.add(script.optimizer());
    sections.add(PythonParts.rate(script.plan.schedule()));
    sections.add(EVALUATE);
    sections.add(script.train());
    sections.add(
        PythonParts.main(
            "parameters = initial_parameters(np.random.default_rng(" + seed(script.plan) + "))",
            "parameters = load(start)",
            "train(parameters, images, labels)",
            "evaluate(parameters, images, labels)",
            "tensors(parameters)"));
    return PythonParts.join(sections);
  }

  private static String seed(TrainingPlan plan) {
    return plan.seed() >= 0 ? "SEED" : "SEED % 2**32";
  }

  private static String imports() {
    return """
    import argparse
    import gzip
    import json
    import math
    import struct
    from pathlib import Path

    import numpy as np
    """;
  }

  private boolean uses(Activation activation) {
    return spec.layers().stream().anyMatch(layer -> layer.activation() == activation);
  }

  /** Each function beside its slope, as far as they are used. */
  private List<String> activations() {
    Set<Activation> used = new LinkedHashSet<>();
    spec.layers().forEach(layer -> used.add(layer.activation()));
    List<String> sections = new ArrayList<>();
    String intro =
        """
        # The activations. Each takes the weighted sums z of a layer, (images, neurons), and gives its
        # outputs y. Beside each stands its slope: how fast y grows with z.
        """;
    for (Activation activation : used) {
      sections.add((sections.isEmpty() ? intro + "\n\n" : "") + code(activation).stripTrailing());
    }
    return sections;
  }

  private static String code(Activation activation) {
    return switch (activation) {
      case IDENTITY ->
          """
          def identity(z):
              return z


          def identity_slope(z, y):
              return np.ones_like(y)
          """;
      case SIGMOID ->
          """
          def sigmoid(z):
              return 0.5 * (1 + np.tanh(0.5 * z))  # 1 / (1 + e^-z), without overflow


          def sigmoid_slope(z, y):
              return y * (1 - y)
          """;
      case TANH ->
          """
          def tanh(z):
              return np.tanh(z)


          def tanh_slope(z, y):
              return 1 - y * y
          """;
      case RELU ->
          """
          def relu(z):
              return np.maximum(z, 0)


          def relu_slope(z, y):
              return (z > 0).astype(np.float32)
          """;
      case LEAKY_RELU ->
          """
          def leaky_relu(z):
              return np.where(z > 0, z, 0.01 * z)


          def leaky_relu_slope(z, y):
              return np.where(z > 0, 1, 0.01).astype(np.float32)
          """;
      case ELU ->
          """
          def elu(z):
              return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


          def elu_slope(z, y):
              return np.where(z > 0, 1, y + 1).astype(np.float32)
          """;
      case GELU ->
          """
          erf = np.vectorize(math.erf, otypes=[np.float32])


          def gelu(z):
              return z * 0.5 * (1 + erf(z / math.sqrt(2)))  # z times the normal distribution at z


          def gelu_slope(z, y):
              distribution = 0.5 * (1 + erf(z / math.sqrt(2)))
              density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
              return distribution + z * density
          """;
      case SOFTMAX ->
          """
          def softmax(z):
              powers = np.exp(z - z.max(axis=1, keepdims=True))  # the largest taken off: no overflow
              return powers / powers.sum(axis=1, keepdims=True)
          """;
    };
  }

  private static String function(Activation activation) {
    return activation.toString().replace('-', '_');
  }

  private String layers() {
    StringBuilder text = new StringBuilder("LAYERS = [\n    # inputs, neurons, activation, slope");
    text.append(dropout ? ", dropout\n" : "\n");
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      String name = function(layer.activation());
      boolean softmax = layer.activation() == Activation.SOFTMAX; // acts on a row: has no slope
      text.append("    (").append(spec.inputsOf(l)).append(", ").append(layer.neurons());
      text.append(", ").append(name).append(", ").append(softmax ? "None" : name + "_slope");
      text.append(dropout ? ", " + Decimals.format(layer.dropout()) : "").append("),\n");
    }
    return text.append("]\n").toString();
  }

  private String parameters() {
    String draw =
        switch (plan.initializer()) {
          case Initializer.Scaled scaled when scaled.gain() == 0 ->
              """
                      parameters.append(np.zeros((inputs, neurons), np.float32))
                      parameters.append(np.zeros(neurons, np.float32))
              """;
          case Initializer.Scaled scaled ->
              """
                      deviation = math.sqrt(%s)  # %s
                      parameters.append(rng.normal(0, deviation, (inputs, neurons)).astype(np.float32))
                      parameters.append(np.zeros(neurons, np.float32))
              """
                  .formatted(variance(scaled), scaled.name());
          case Initializer.Uniform(double limit) ->
              """
                      parameters.append(rng.uniform(-@, @, (inputs, neurons)).astype(np.float32))
                      parameters.append(rng.uniform(-@, @, neurons).astype(np.float32))
              """
                  .replace("@", Decimals.format(limit));
          case Initializer.Normal(double deviation) ->
              """
                      parameters.append(rng.normal(0, @, (inputs, neurons)).astype(np.float32))
                      parameters.append(rng.normal(0, @, neurons).astype(np.float32))
              """
                  .replace("@", Decimals.format(deviation));
        };
    return """
    # The parameters are a list: weights (inputs, neurons) and biases (neurons) of the first layer, then of
    # the second, and so on.


    def initial_parameters(rng):
        parameters = []
        for inputs, neurons, *_ in LAYERS:
    @DRAW@    return parameters


    def load(path):
        tensors = read_weights(path)  # weights as PyTorch has them: (neurons, inputs)
        parameters = []
        for l in range(len(LAYERS)):
            parameters += [tensors[f"layers.{l}.weight"].T.copy(), tensors[f"layers.{l}.bias"]]
        return parameters


    def tensors(parameters):
        named = {}
        for l in range(len(LAYERS)):
            named[f"layers.{l}.weight"] = parameters[2 * l].T
            named[f"layers.{l}.bias"] = parameters[2 * l + 1]
        return named
    """
        .replace("@DRAW@", draw);
  }

  /** "2 / inputs". */
  static String variance(Initializer.Scaled scaled) {
    String fan =
        scaled.perInput() > 0 && scaled.perOutput() > 0
            ? "(inputs + neurons)"
            : scaled.perInput() > 0 ? "inputs" : "neurons";
    return Decimals.format(scaled.gain()) + " / " + fan;
  }

  private String forward() {
    return dropout
        ? """
        def forward(parameters, x, rng=None):
            ""\"Shows the network images x, (images, pixels). Layer by layer: what it saw, summed up and gave,
            and which of its neurons were kept. With rng, for training: dropout switches some off.""\"
            passes = []
            for l, (_, _, activation, _, dropout) in enumerate(LAYERS):
                z = x @ parameters[2 * l] + parameters[2 * l + 1]
                y = activation(z)
                kept = np.ones_like(y)
                if rng is not None and dropout > 0:
                    # those that stay grow, so that the sums of the next layer stay the same on average
                    kept = (rng.random(y.shape, np.float32) >= dropout) / np.float32(1 - dropout)
                passes.append((x, z, y, kept))
                x = y * kept
            return passes
        """
        : """
        def forward(parameters, x):
            ""\"Shows the network images x, (images, pixels). Layer by layer: what it saw, summed up and gave.""\"
            passes = []
            for l, (_, _, activation, _) in enumerate(LAYERS):
                z = x @ parameters[2 * l] + parameters[2 * l + 1]
                y = activation(z)
                passes.append((x, z, y))
                x = y
            return passes
        """;
  }

  private String loss() {
    String formula =
        switch (plan.loss()) {
          case MSE -> "    return 0.5 * np.square(y - targets).sum(axis=1).mean()\n";
          case CROSS_ENTROPY ->
              """
                  largest = z.max(axis=1, keepdims=True)
                  logarithm = np.log(np.exp(z - largest).sum(axis=1)) + largest[:, 0]
                  return (logarithm - (z * targets).sum(axis=1)).mean()  # on z, so that no logarithm is of 0
              """;
          case BINARY_CROSS_ENTROPY ->
              "    return (np.logaddexp(0, z) - targets * z).sum(axis=1).mean()  # on z: no logarithm of 0\n";
        };
    String oneHot =
        """
        def one_hot(labels):
            ""\"What the network should say: 1 for the right digit, 0 for the others.""\"
            return np.eye(LAYERS[-1][1], dtype=np.float32)[labels]


        """;
    return oneHot
        + "def mean_loss(z, y, targets):\n    \"\"\""
        + PythonParts.words(plan.loss())
        + " Mean over the images.\"\"\"\n"
        + formula;
  }

  private String backward() {
    String delta;
    if (plan.loss().isJoined()) {
      delta =
          "    delta = (y - targets) / len(y)  # this loss and this activation together: the slope cancels out\n";
    } else if (spec.outputActivation() == Activation.SOFTMAX) {
      delta =
          """
              error = (y - targets) / len(y)
              delta = y * (error - (error * y).sum(axis=1, keepdims=True))  # all outputs depend on each z
          """;
    } else {
      delta = "    delta = (y - targets) / len(y) * LAYERS[-1][3](z, y)\n";
    }
    return """
    def backward(parameters, passes, targets):
        ""\"Backpropagation: the gradient of the mean loss for each weight and bias, by the chain rule from the
        last layer to the first. delta is the gradient with respect to the sums z, (images, neurons).""\"
        gradients = [None] * len(parameters)
        _, z, y@REST@ = passes[-1]
    @DELTA@    for l in reversed(range(len(LAYERS))):
            gradients[2 * l] = passes[l][0].T @ delta
            gradients[2 * l + 1] = delta.sum(axis=0)
            if l > 0:
                _, z, y@KEPT@ = passes[l - 1]
                slope = LAYERS[l - 1][3]
                delta = (delta @ parameters[2 * l].T)@TIMES@ * slope(z, y)
        return gradients
    """
        .replace("@REST@", dropout ? ", _" : "")
        .replace("@KEPT@", dropout ? ", kept" : "")
        .replace("@TIMES@", dropout ? " * kept" : "")
        .replace("@DELTA@", delta);
  }

  private String optimizer() {
    boolean decoupled = plan.optimizer() instanceof Optimizer.AdamW;
    String decay =
        plan.l2() == 0
            ? ""
            : decoupled
                ? """
                        if i % 2 == 0:
                            w *= 1 - rate * L2  # the weights decay, not the biases
                """
                : """
                        if i % 2 == 0:
                            g = g + L2 * w  # the weights decay, not the biases
                """;
    return """
    def new_memory(parameters):
        ""\"What the optimiser remembers from step to step, for each array of parameters.""\"
        return [@MEMORY@ for w in parameters]


    def update(parameters, gradients, memory, rate, step):
        ""\"@WORDS@""\"
        for i, (w, g) in enumerate(zip(parameters, gradients)):
    @DECAY@@RULE@
    """
        .replace("@MEMORY@", memory(plan.optimizer()))
        .replace("@WORDS@", words(plan.optimizer()))
        .replace("@DECAY@", decay)
        .replace("@RULE@", rule(plan.optimizer()));
  }

  private static String memory(Optimizer optimizer) {
    return switch (optimizer.slots()) {
      case 0 -> "None";
      case 1 -> "np.zeros_like(w)";
      default -> "[np.zeros_like(w), np.zeros_like(w)]";
    };
  }

  private static String words(Optimizer optimizer) {
    return switch (optimizer) {
      case Optimizer.Sgd() -> "Gradient descent: a step down the slope.";
      case Optimizer.Momentum _ -> "Momentum: a ball that rolls, v is its speed.";
      case Optimizer.Nesterov _ -> "Nesterov's momentum: a ball that looks ahead, v is its speed.";
      case Optimizer.RmsProp _ -> "RMSProp: steps measured by how large gradients lately were, s.";
      case Optimizer.Adam _ ->
          "Adam: mean m and mean square v of the gradients, both freed of their start at 0.";
      case Optimizer.AdamW _ ->
          "AdamW: mean m and mean square v of the gradients, both freed of their start at 0.";
    };
  }

  private static String rule(Optimizer optimizer) {
    return switch (optimizer) {
      case Optimizer.Sgd() -> "        w -= rate * g";
      case Optimizer.Momentum(double momentum) ->
          """
                  v = memory[i]
                  v *= %s
                  v += g
                  w -= rate * v\
          """
              .formatted(Decimals.format(momentum));
      case Optimizer.Nesterov(double momentum) ->
          """
                  v = memory[i]
                  v *= @
                  v += g
                  w -= rate * (g + @ * v)\
          """
              .replace("@", Decimals.format(momentum));
      case Optimizer.RmsProp(double decay) ->
          """
                  s = memory[i]
                  s *= @
                  s += (1 - @) * g * g
                  w -= rate * g / (np.sqrt(s) + 1e-8)\
          """
              .replace("@", Decimals.format(decay));
      case Optimizer.Adam(double beta1, double beta2) -> adam(beta1, beta2);
      case Optimizer.AdamW(double beta1, double beta2) -> adam(beta1, beta2);
    };
  }

  private static String adam(double beta1, double beta2) {
    return """
            m, v = memory[i]
            m *= @1
            m += (1 - @1) * g
            v *= @2
            v += (1 - @2) * g * g
            mean = m / (1 - @1**step)
            square = v / (1 - @2**step)
            w -= rate * mean / (np.sqrt(square) + 1e-8)\
    """
        .replace("@1", Decimals.format(beta1))
        .replace("@2", Decimals.format(beta2));
  }

  private static final String EVALUATE =
      """
      def evaluate(parameters, images, labels):
          ""\"The mean loss and the share of images that are recognised.""\"
          loss, right = 0.0, 0
          for start in range(0, len(images), 1000):
              some = labels[start : start + 1000]
              _, z, y, *_ = forward(parameters, images[start : start + 1000])[-1]
              loss += float(mean_loss(z, y, one_hot(some))) * len(some)
              right += int((y.argmax(axis=1) == some).sum())
          return loss / len(images), right / len(images)
      """;

  private String train() {
    return """
    def train(parameters, images, labels):
        rng = np.random.default_rng(@SEED@)
        order = rng.permutation(len(images))
        aside = int(VALIDATION * len(images) + 0.5)
        validation, training = order[:aside], order[aside:]
        steps_per_epoch = math.ceil(len(training) / BATCH)
        memory = new_memory(parameters)
        step = 0
    @BEFORE@    for epoch in range(1, EPOCHS + 1):
            training = rng.permutation(training)
            total = 0.0
            for start in range(0, len(training), BATCH):
                batch = training[start : start + BATCH]
                targets = one_hot(labels[batch])
                passes = forward(parameters, images[batch]@RNG@)
                total += float(mean_loss(passes[-1][1], passes[-1][2], targets)) * len(batch)
                gradients = backward(parameters, passes, targets)
                update(parameters, gradients, memory, rate(step / steps_per_epoch), step + 1)
                step += 1
    @END@
    """
        .replace("@SEED@", seed(plan))
        .replace("@BEFORE@", PythonParts.beforeEpochs(plan))
        .replace("@RNG@", dropout ? ", rng" : "")
        .replace(
            "@END@",
            PythonParts.endOfEpoch(
                plan, "evaluate(parameters, images[validation], labels[validation])"));
  }
}
