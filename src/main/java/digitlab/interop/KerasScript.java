package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import digitlab.train.Schedule;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Writes the training as one does it in Keras 3, on any of its backends. */
final class KerasScript {
  private final TrainingPlan plan;
  private final NetworkSpec spec;

  private KerasScript(TrainingPlan plan) {
    this.plan = plan;
    spec = plan.network();
  }

  static String of(TrainedModel model) {
    KerasScript script = new KerasScript(model.plan());
    List<String> sections = new ArrayList<>();
    sections.add(
        PythonParts.header(model, "Keras", "numpy, keras and one of its backends", script.notes())
            + "\n"
            + imports());
    sections.add(PythonParts.constants(model.plan()));
    sections.add(script.network());
    sections.add(PythonParts.DATA);
    sections.add(PythonParts.WEIGHTS);
    sections.add(TENSORS);
    sections.add(script.loss());
    sections.add(script.rate());
    sections.add(script.optimizer());
    sections.add(EVALUATE.replace("@OUTPUTS@", Integer.toString(script.spec.outputs())));
    sections.add(script.train());
    sections.add(
        PythonParts.main(
            "keras.utils.set_random_seed("
                + PythonParts.seed(script.plan)
                + ")\n    network = new_network()",
            "load(network, start)",
            "train(network, images, labels)",
            "evaluate(network, images, labels)",
            "tensors(network)"));
    return PythonParts.join(sections);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (plan.optimizer() instanceof Optimizer.RmsProp) {
      notes.add(
          "Keras' RMSProp adds its small ε inside the square root, Digit Lab and PyTorch outside: this\n"
              + "  matters only where gradients are tiny.");
    }
    if (plan.l2() > 0 && !(plan.optimizer() instanceof Optimizer.AdamW)) {
      notes.add("The loss that Keras shows while it trains includes the weight decay.");
    }
    return notes;
  }

  private static String imports() {
    return """
    import argparse
    import gzip
    import json
    import math
    import struct
    from pathlib import Path

    import keras
    import numpy as np
    from keras import layers
    """;
  }

  private String network() {
    StringBuilder text = new StringBuilder();
    text.append("def new_network():\n    return keras.Sequential([\n");
    text.append("        keras.Input((").append(spec.inputs()).append(",), name=\"pixels\"),\n");
    for (LayerSpec layer : spec.layers()) {
      boolean apart = layer.activation() == Activation.LEAKY_RELU;
      text.append("        dense(").append(layer.neurons()).append(", \"");
      text.append(apart ? "linear" : KerasFile.name(layer.activation())).append("\"),\n");
      text.append(apart ? "        layers.LeakyReLU(negative_slope=0.01),\n" : "");
      if (layer.dropout() > 0) {
        text.append("        layers.Dropout(").append(Decimals.format(layer.dropout()));
        text.append("),\n");
      }
    }
    text.append("    ])\n");
    return """
    def dense(neurons, activation):
        return layers.Dense(
            neurons,
            activation,
            kernel_initializer=@KERNEL@,
            bias_initializer=@BIAS@,
    @DECAY@    )
    """
            .replace("@KERNEL@", initializer(false))
            .replace("@BIAS@", initializer(true))
            .replace(
                "@DECAY@",
                plan.l2() > 0 && !(plan.optimizer() instanceof Optimizer.AdamW)
                    ? "        kernel_regularizer=keras.regularizers.L2(L2 / 2),  # Keras takes L2 · w², whose slope is 2 · L2 · w\n"
                    : "")
        + "\n\n"
        + text;
  }

  private String initializer(boolean biases) {
    return switch (plan.initializer()) {
      case Initializer.Scaled scaled when scaled.gain() == 0 || biases -> "\"zeros\"";
      case Initializer.Scaled scaled -> {
        boolean average = scaled.perInput() > 0 && scaled.perOutput() > 0;
        yield "keras.initializers.VarianceScaling("
            + Decimals.format(average ? scaled.gain() / 2 : scaled.gain())
            + (average ? ", \"fan_avg\"" : scaled.perInput() > 0 ? ", \"fan_in\"" : ", \"fan_out\"")
            + ", \"untruncated_normal\")";
      }
      case Initializer.Uniform(double limit) ->
          "keras.initializers.RandomUniform(-"
              + Decimals.format(limit)
              + ", "
              + Decimals.format(limit)
              + ")";
      case Initializer.Normal(double deviation) ->
          "keras.initializers.RandomNormal(0, " + Decimals.format(deviation) + ")";
    };
  }

  private static final String TENSORS =
      """
      def dense_layers(network):
          return [layer for layer in network.layers if isinstance(layer, layers.Dense)]


      def load(network, path):
          tensors = read_weights(path)  # weights as PyTorch has them: (neurons, inputs)
          for l, layer in enumerate(dense_layers(network)):
              layer.set_weights([tensors[f"layers.{l}.weight"].T, tensors[f"layers.{l}.bias"]])


      def tensors(network):
          named = {}
          for l, layer in enumerate(dense_layers(network)):
              weights, biases = layer.get_weights()
              named[f"layers.{l}.weight"] = weights.T
              named[f"layers.{l}.bias"] = biases
          return named
      """;

  private String loss() {
    String formula =
        switch (plan.loss()) {
          case MSE ->
              "    return 0.5 * keras.ops.sum(keras.ops.square(outputs - targets), axis=-1)\n";
          case CROSS_ENTROPY ->
              "    return keras.losses.categorical_crossentropy(targets, outputs)\n";
          case BINARY_CROSS_ENTROPY ->
              """
                  # Keras takes the mean over the outputs
                  return targets.shape[-1] * keras.losses.binary_crossentropy(targets, outputs)
              """;
        };
    return "def loss_of(targets, outputs):\n    \"\"\""
        + PythonParts.words(plan.loss())
        + "\"\"\"\n"
        + formula;
  }

  private String rate() {
    String made =
        switch (plan.schedule()) {
          case Schedule.Constant() -> "RATE";
          case Schedule.Step(double factor, int every) ->
              "keras.optimizers.schedules.ExponentialDecay(\n        RATE, "
                  + every
                  + " * steps_per_epoch, "
                  + Decimals.format(factor)
                  + ", staircase=True)";
          case Schedule.Cosine() ->
              "keras.optimizers.schedules.CosineDecay(RATE, EPOCHS * steps_per_epoch)";
        };
    return "def rate(steps_per_epoch):\n    \"\"\"The learning rate, for every step.\"\"\"\n    return "
        + made
        + "\n";
  }

  private String optimizer() {
    String made =
        switch (plan.optimizer()) {
          case Optimizer.Sgd() -> "keras.optimizers.SGD(rate(steps_per_epoch))";
          case Optimizer.Momentum(double momentum) ->
              "keras.optimizers.SGD(rate(steps_per_epoch), momentum="
                  + Decimals.format(momentum)
                  + ")";
          case Optimizer.Nesterov(double momentum) ->
              "keras.optimizers.SGD(rate(steps_per_epoch), momentum="
                  + Decimals.format(momentum)
                  + (momentum == 0 ? ")" : ", nesterov=True)");
          case Optimizer.RmsProp(double decay) ->
              "keras.optimizers.RMSprop(rate(steps_per_epoch), rho="
                  + Decimals.format(decay)
                  + ", epsilon=1e-8)";
          case Optimizer.Adam(double beta1, double beta2) ->
              "keras.optimizers.Adam(rate(steps_per_epoch), " + betas(beta1, beta2) + ")";
          case Optimizer.AdamW(double beta1, double beta2) ->
              "keras.optimizers.AdamW(rate(steps_per_epoch), "
                  + (plan.l2() == 0 ? "0.0, " : "L2, ")
                  + betas(beta1, beta2)
                  + ")";
        };
    boolean decoupled = plan.optimizer() instanceof Optimizer.AdamW && plan.l2() > 0;
    return "def new_optimizer(steps_per_epoch):\n    optimizer = "
        + made
        + "\n"
        + (decoupled ? "    optimizer.exclude_from_weight_decay(var_names=[\"bias\"])\n" : "")
        + "    return optimizer\n";
  }

  private static String betas(double beta1, double beta2) {
    return "beta_1="
        + Decimals.format(beta1)
        + ", beta_2="
        + Decimals.format(beta2)
        + ", epsilon=1e-8";
  }

  private static final String EVALUATE =
      """
      def one_hot(labels):
          ""\"What the network should say: 1 for the right digit, 0 for the others.""\"
          return np.eye(@OUTPUTS@, dtype=np.float32)[labels]


      def evaluate(network, images, labels):
          ""\"The mean loss and the share of images that are recognised.""\"
          outputs = network.predict(images, batch_size=1000, verbose=0)
          losses = keras.ops.convert_to_numpy(loss_of(one_hot(labels), outputs))
          return float(losses.mean()), float((outputs.argmax(axis=1) == labels).mean())
      """;

  private String train() {
    String stopping =
        plan.stopping().patience() == 0
            ? "    callbacks = []\n"
            : """
                  watched = "val_loss" if len(validation) > 0 else "loss"
                  callbacks = [keras.callbacks.EarlyStopping(watched, min_delta=CHANGE, patience=PATIENCE)]
              """;
    return """
    def train(network, images, labels):
        order = np.random.default_rng(@SEED@).permutation(len(images))
        aside = int(VALIDATION * len(images) + 0.5)
        validation, training = order[:aside], order[aside:]
        batch = min(BATCH, len(training))
        network.compile(
            optimizer=new_optimizer(math.ceil(len(training) / batch)),
            loss=loss_of,
            metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
        )
    @STOPPING@    network.fit(
            images[training],
            one_hot(labels[training]),
            batch_size=batch,
            epochs=EPOCHS,
            validation_data=(images[validation], one_hot(labels[validation])) if aside > 0 else None,
            callbacks=callbacks,
            verbose=2,
        )
    """
        .replace("@SEED@", PythonParts.seed(plan))
        .replace("@STOPPING@", stopping);
  }
}
