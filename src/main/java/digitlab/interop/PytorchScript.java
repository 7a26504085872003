package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Writes the training as one does it in PyTorch. */
final class PytorchScript {
  private final TrainingPlan plan;
  private final NetworkSpec spec;

  private PytorchScript(TrainingPlan plan) {
    this.plan = plan;
    spec = plan.network();
  }

  static String of(TrainedModel model) {
    PytorchScript script = new PytorchScript(model.plan());
    List<String> sections = new ArrayList<>();
    sections.add(
        PythonParts.header(model, "PyTorch", "numpy and torch", List.of()) + "\n" + imports());
    sections.add(PythonParts.constants(model.plan()));
    sections.add(script.network());
    sections.add(script.initialize());
    sections.add(PythonParts.DATA);
    sections.add(PythonParts.WEIGHTS);
    sections.add(script.loss());
    sections.add(script.optimizer());
    sections.add(PythonParts.rate(script.plan.schedule()));
    sections.add(EVALUATE);
    sections.add(script.train());
    sections.add(
        PythonParts.main(
            "torch.manual_seed("
                + PythonParts.seed(script.plan)
                + ")\n    network = Network()\n    initialize(network)",
            "network.load_state_dict({name: torch.from_numpy(t) for name, t in read_weights(start).items()})",
            "train(network, torch.from_numpy(images), torch.from_numpy(labels))",
            "evaluate(network, torch.from_numpy(images), torch.from_numpy(labels))",
            "{name: t.numpy() for name, t in network.state_dict().items()}"));
    return PythonParts.join(sections);
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
    import torch
    from torch import nn
    from torch.nn import functional as F
    """;
  }

  private String network() {
    StringBuilder linear = new StringBuilder();
    StringBuilder forward = new StringBuilder();
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      linear.append("            nn.Linear(").append(spec.inputsOf(l)).append(", ");
      linear.append(layer.neurons()).append("),\n");
      boolean last = l == spec.layers().size() - 1;
      String sums = "self.layers[" + l + "](x)";
      if (last && plan.loss().isJoined()) {
        forward.append("        return ").append(sums).append("  # the sums before ");
        forward.append(layer.activation()).append(": the loss has it built in\n");
      } else if (last) {
        forward.append("        return ").append(call(layer.activation(), sums)).append('\n');
      } else {
        forward.append("        x = ").append(call(layer.activation(), sums)).append('\n');
        if (layer.dropout() > 0) {
          forward.append("        x = F.dropout(x, ").append(Decimals.format(layer.dropout()));
          forward.append(", self.training)  # only in training\n");
        }
      }
    }
    return """
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleList([
    @LINEAR@        ])

        def forward(self, x):  # (images, pixels) → (images, outputs)
    @FORWARD@
    """
        .replace("@LINEAR@", linear)
        .replace("@FORWARD@", forward);
  }

  private static String call(Activation activation, String z) {
    return switch (activation) {
      case IDENTITY -> z;
      case SIGMOID -> "torch.sigmoid(" + z + ")";
      case TANH -> "torch.tanh(" + z + ")";
      case RELU -> "F.relu(" + z + ")";
      case LEAKY_RELU -> "F.leaky_relu(" + z + ", 0.01)";
      case ELU -> "F.elu(" + z + ")";
      case GELU -> "F.gelu(" + z + ")";
      case SOFTMAX -> "F.softmax(" + z + ", dim=1)";
    };
  }

  private String initialize() {
    String body =
        switch (plan.initializer()) {
          case Initializer.Scaled scaled when scaled.gain() == 0 ->
              """
                      nn.init.zeros_(layer.weight)
                      nn.init.zeros_(layer.bias)
              """;
          case Initializer.Scaled scaled ->
              """
                      neurons, inputs = layer.weight.shape
                      nn.init.normal_(layer.weight, 0, math.sqrt(%s))  # %s
                      nn.init.zeros_(layer.bias)
              """
                  .formatted(NumpyScript.variance(scaled), scaled.name());
          case Initializer.Uniform(double limit) ->
              """
                      nn.init.uniform_(layer.weight, -@, @)
                      nn.init.uniform_(layer.bias, -@, @)
              """
                  .replace("@", Decimals.format(limit));
          case Initializer.Normal(double deviation) ->
              """
                      nn.init.normal_(layer.weight, 0, @)
                      nn.init.normal_(layer.bias, 0, @)
              """
                  .replace("@", Decimals.format(deviation));
        };
    return "def initialize(network):\n    for layer in network.layers:\n" + body;
  }

  private String loss() {
    String formula =
        switch (plan.loss()) {
          case MSE ->
              """
                  targets = F.one_hot(labels, outputs.shape[1])
                  return 0.5 * (outputs - targets).square().sum(dim=1).mean()
              """;
          case CROSS_ENTROPY -> "    return F.cross_entropy(outputs, labels)\n";
          case BINARY_CROSS_ENTROPY ->
              """
                  targets = F.one_hot(labels, outputs.shape[1]).float()
                  return F.binary_cross_entropy_with_logits(outputs, targets, reduction="sum") / len(labels)
              """;
        };
    return "def mean_loss(outputs, labels):\n    \"\"\""
        + PythonParts.words(plan.loss())
        + " Mean over the images.\"\"\"\n"
        + formula;
  }

  private String optimizer() {
    String made =
        switch (plan.optimizer()) {
          case Optimizer.Sgd() -> "torch.optim.SGD(groups, lr=RATE)";
          case Optimizer.Momentum(double momentum) ->
              "torch.optim.SGD(groups, lr=RATE, momentum=" + Decimals.format(momentum) + ")";
          case Optimizer.Nesterov(double momentum) when momentum == 0 ->
              "torch.optim.SGD(groups, lr=RATE)";
          case Optimizer.Nesterov(double momentum) ->
              "torch.optim.SGD(groups, lr=RATE, momentum="
                  + Decimals.format(momentum)
                  + ", nesterov=True)";
          case Optimizer.RmsProp(double decay) ->
              "torch.optim.RMSprop(groups, lr=RATE, alpha=" + Decimals.format(decay) + ")";
          case Optimizer.Adam(double beta1, double beta2) ->
              "torch.optim.Adam(groups, lr=RATE, betas=" + betas(beta1, beta2) + ")";
          case Optimizer.AdamW(double beta1, double beta2) ->
              "torch.optim.AdamW(groups, lr=RATE, betas=" + betas(beta1, beta2) + ")";
        };
    // AdamW decays by 0.01 if one does not say otherwise
    boolean plain = plan.l2() == 0 && !(plan.optimizer() instanceof Optimizer.AdamW);
    String groups =
        plain
            ? "    groups = network.parameters()\n"
            : """
              weights = [layer.weight for layer in network.layers]
              biases = [layer.bias for layer in network.layers]
              groups = [{"params": weights, "weight_decay": @}, {"params": biases, "weight_decay": 0}]
          """
                .replace("@", plan.l2() == 0 ? "0" : "L2");
    return "def new_optimizer(network):\n" + groups + "    return " + made + "\n";
  }

  private static String betas(double beta1, double beta2) {
    return "(" + Decimals.format(beta1) + ", " + Decimals.format(beta2) + ")";
  }

  private static final String EVALUATE =
      """
      @torch.no_grad()
      def evaluate(network, images, labels):
          ""\"The mean loss and the share of images that are recognised.""\"
          network.eval()
          loss, right = 0.0, 0
          for some, answers in zip(images.split(1000), labels.split(1000)):
              outputs = network(some)
              loss += mean_loss(outputs, answers).item() * len(answers)
              right += (outputs.argmax(dim=1) == answers).sum().item()
          return loss / len(labels), right / len(labels)
      """;

  private String train() {
    return """
    def train(network, images, labels):
        order = torch.randperm(len(images))
        aside = int(VALIDATION * len(images) + 0.5)
        validation, training = order[:aside], order[aside:]
        steps_per_epoch = math.ceil(len(training) / BATCH)
        optimizer = new_optimizer(network)
        step = 0
    @BEFORE@    for epoch in range(1, EPOCHS + 1):
            network.train()
            training = training[torch.randperm(len(training))]
            total = 0.0
            for batch in training.split(BATCH):
                for group in optimizer.param_groups:
                    group["lr"] = rate(step / steps_per_epoch)
                optimizer.zero_grad()
                loss = mean_loss(network(images[batch]), labels[batch])
                loss.backward()
                optimizer.step()
                total += loss.item() * len(batch)
                step += 1
    @END@
    """
        .replace("@BEFORE@", PythonParts.beforeEpochs(plan))
        .replace(
            "@END@",
            PythonParts.endOfEpoch(
                plan, "evaluate(network, images[validation], labels[validation])"));
  }
}
