package digitlab.interop;

import digitlab.net.Loss;
import digitlab.text.Decimals;
import digitlab.train.DataChoice;
import digitlab.train.PlanText;
import digitlab.train.Schedule;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scripts have in common: the words at the top, reading MNIST, reading and writing
 * safetensors. They are meant to be read by students: names in full, shapes in comments, nothing
 * that the plan does not use.
 */
final class PythonParts {
  /** Reading the four files of MNIST. */
  static final String DATA =
      """
      def read_idx(folder, name):
          ""\"Reads an IDX file: four bytes that say what it is, its sizes, then a byte for each number.""\"
          packed = folder / (name + ".gz")
          data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
          dimensions = data[3]
          shape = struct.unpack(f">{dimensions}I", data[4 : 4 + 4 * dimensions])
          return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


      def read_digits(folder, part):
          ""\"Images, (count, pixels), from 0 (paper) to 1 (ink), and their labels. part: train or t10k.""\"
          images = read_idx(folder, part + "-images-idx3-ubyte")
          labels = read_idx(folder, part + "-labels-idx1-ubyte")
          return images.reshape(len(images), -1).astype(np.float32) / 255, labels.astype(np.int64)
      """;

  /** Reading and writing parameters. */
  static final String WEIGHTS =
      """
      def read_weights(path):
          ""\"Reads safetensors: 8 bytes length of a header, the header (JSON: what lies where), the numbers.""\"
          data = path.read_bytes()
          (length,) = struct.unpack("<Q", data[:8])
          header = json.loads(data[8 : 8 + length])
          header.pop("__metadata__", None)
          tensors = {}
          for name, entry in header.items():
              begin, end = entry["data_offsets"]
              numbers = np.frombuffer(data, "<f4", (end - begin) // 4, 8 + length + begin)
              tensors[name] = numbers.reshape(entry["shape"]).copy()
          return tensors


      def write_weights(path, tensors):
          ""\"Writes safetensors that Digit Lab takes back: digitlab import FILE --out MODEL.""\"
          header = {"__metadata__": {"digitlab.network": NETWORK, "digitlab.loss": LOSS}}
          data = b""
          for name, tensor in tensors.items():
              numbers = np.ascontiguousarray(tensor, "<f4").tobytes()
              offsets = [len(data), len(data) + len(numbers)]
              header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": offsets}
              data += numbers
          text = json.dumps(header).encode()
          text += b" " * (-len(text) % 8)
          path.write_bytes(struct.pack("<Q", len(text)) + text + data)
      """;

  private PythonParts() {}

  /**
   * The words at the top.
   *
   * @param tool "PyTorch"
   * @param packages "numpy and torch"
   * @param notes what more is different from Digit Lab's training
   */
  static String header(TrainedModel model, String tool, String packages, List<String> notes) {
    TrainingPlan plan = model.plan();
    StringBuilder text = new StringBuilder();
    text.append("\"\"\"").append(harmless(model.title())).append(": ");
    text.append(plan.network().shape()).append(", for ").append(tool).append(".\n");
    text.append(
        """

        The network and the training of Digit Lab, to read, to run and to change. FILE is the name of this
        script without .py:

            python FILE.py             trains the network, tests it and writes FILE.python.safetensors
            python FILE.py --trained   tests the network that Digit Lab trained: FILE.trained.safetensors

        It needs %s, and the four files of MNIST (train-images-idx3-ubyte and so on, packed
        with gzip or not) in the folder mnist, or in another one: --data FOLDER.

        The plan of the training, as Digit Lab writes it:

        """
            .formatted(packages));
    for (String field : PlanText.FIELDS) {
      text.append("    ")
          .append(field)
          .append(' ')
          .append(PlanText.value(plan, field))
          .append('\n');
    }
    text.append("\nWhat is different here:\n\n");
    for (String note : differences(model, tool, notes)) {
      text.append("- ").append(note).append('\n');
    }
    return text.append("\"\"\"\n").toString();
  }

  /** Without what could end the string that it stands in. */
  private static String harmless(String title) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < title.length(); i++) {
      char c = title.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || " .,:;()+-–→%#".indexOf(c) >= 0;
      text.append(plain ? c : '_');
    }
    return text.toString();
  }

  private static List<String> differences(TrainedModel model, String tool, List<String> notes) {
    TrainingPlan plan = model.plan();
    List<String> all = new ArrayList<>();
    all.add(
        "The training begins with the weights of Digit Lab if FILE.initial.safetensors lies beside this"
            + " script,\n  but "
            + tool
            + " shuffles the images in its own way: the result is as good, not the same.");
    if (model.planIsGuessed()) {
      all.add(
          "The file of the network does not tell how it was trained. Network and loss are right; everything\n"
              + "  else is what one usually takes. Change it, or export with the plan: --plan or --preset.");
    }
    if (plan.data().isOwn()) {
      all.add(
          "The plan uses the data set "
              + plan.data().ownName()
              + " of Digit Lab; here it is the files in the folder.");
    } else if (!plan.data().equals(DataChoice.MNIST)) {
      all.add(
          "The plan uses the data set "
              + plan.data()
              + ", whose pen digits only Digit Lab makes; here it is\n  the files in the folder.");
    }
    if (!plan.augmentation().isNone()) {
      all.add(
          "The plan changes each image at random each time it is shown\n  ("
              + plan.augmentation()
              + ").\n  This script shows them as they are, so it will recognise somewhat fewer test images.");
    }
    all.addAll(notes);
    return all;
  }

  /** The numbers of the plan, as constants. */
  static String constants(TrainingPlan plan) {
    StringBuilder text = new StringBuilder();
    text.append("NETWORK = \"").append(plan.network()).append("\"\n");
    text.append("LOSS = \"").append(plan.loss()).append("\"\n");
    line(text, "RATE", plan.rate(), "learning rate");
    line(text, "BATCH", plan.batch(), "images in one step");
    line(text, "EPOCHS", plan.epochs(), "times through all training images");
    if (plan.l2() > 0) {
      line(text, "L2", plan.l2(), "weight decay: keeps weights small");
    }
    line(text, "VALIDATION", plan.validation(), "share of the images set aside to watch with");
    if (plan.stopping().patience() > 0) {
      line(text, "PATIENCE", plan.stopping().patience(), "epochs without a fall of the loss");
      line(text, "CHANGE", plan.stopping().minimumChange(), "what counts as a fall");
    }
    text.append("SEED = ").append(plan.seed()).append("  # of everything random\n");
    text.append(
        """

        SCRIPT = Path(__file__)
        INITIAL = SCRIPT.with_suffix(".initial.safetensors")
        TRAINED = SCRIPT.with_suffix(".trained.safetensors")
        RESULT = SCRIPT.with_suffix(".python.safetensors")
        """);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, double value, String remark) {
    text.append(name).append(" = ").append(Decimals.format(value)).append("  # ");
    text.append(remark).append('\n');
  }

  /** The seed as others take it: 32 bits, not negative. */
  static String seed(TrainingPlan plan) {
    boolean small = plan.seed() >= 0 && plan.seed() < 1L << 32;
    return small ? "SEED" : "SEED % 2**32";
  }

  /** How the learning rate changes, as a function. */
  static String rate(Schedule schedule) {
    String body =
        switch (schedule) {
          case Schedule.Constant() -> "    return RATE\n";
          case Schedule.Step(double factor, int every) ->
              "    return RATE * "
                  + Decimals.format(factor)
                  + " ** (epochs_done // "
                  + every
                  + ")  # falls every "
                  + every
                  + " epochs\n";
          case Schedule.Cosine() ->
              "    return RATE * 0.5 * (1 + math.cos(math.pi * epochs_done / EPOCHS))  # half a cosine, down to 0\n";
        };
    return "def rate(epochs_done):\n"
        + "    \"\"\"The learning rate; 2.5 epochs are done in the middle of the third one.\"\"\"\n"
        + body;
  }

  /** The end of an epoch in the scripts that have the loop in their hands. */
  static String endOfEpoch(TrainingPlan plan, String evaluation) {
    StringBuilder text = new StringBuilder();
    text.append(
        "        message = f\"epoch {epoch}: training loss {total / len(training):.6f}\"\n");
    if (plan.validation() > 0) {
      text.append("        if len(validation) > 0:\n");
      text.append("            loss, accuracy = ").append(evaluation).append('\n');
      text.append(
          "            message += f\", validation loss {loss:.6f}, accuracy {accuracy:.2%}\"\n");
    }
    text.append("        print(message, flush=True)\n");
    if (plan.stopping().patience() > 0) {
      String watched =
          plan.validation() > 0
              ? "loss if len(validation) > 0 else total / len(training)"
              : "total / len(training)";
      text.append("        watched = ").append(watched).append('\n');
      text.append(
          """
                  if watched < lowest - CHANGE:
                      lowest, waited = watched, 0
                  else:
                      waited += 1
                  if waited >= PATIENCE:
                      print("The loss no longer falls: the training ends early.")
                      break
          """);
    }
    return text.toString();
  }

  /** What {@link #endOfEpoch} needs before the first epoch. */
  static String beforeEpochs(TrainingPlan plan) {
    return plan.stopping().patience() > 0 ? "    lowest, waited = math.inf, 0\n" : "";
  }

  /**
   * The main program.
   *
   * @param build what makes the network
   * @param load what reads {@code path} into it
   * @param train what trains it
   * @param test an expression: (loss, accuracy) on the test images
   * @param save an expression: its tensors by name
   */
  static String main(String build, String load, String train, String test, String save) {
    return """
    def main():
        options = argparse.ArgumentParser(description=NETWORK)
        options.add_argument("--data", type=Path, default=Path("mnist"), help="folder with the files of MNIST")
        options.add_argument("--trained", action="store_true", help="test what Digit Lab trained")
        chosen = options.parse_args()

        @BUILD@
        start = TRAINED if chosen.trained else INITIAL
        if start.exists():
            @LOAD@
            print(f"The weights are those of {start.name}.")
        elif chosen.trained:
            raise SystemExit(f"{start} is missing: put it beside this script.")
        if not chosen.trained:
            images, labels = read_digits(chosen.data, "train")
            @TRAIN@
            write_weights(RESULT, @SAVE@)
        images, labels = read_digits(chosen.data, "t10k")
        loss, accuracy = @TEST@
        print(f"test loss {loss:.6f}, accuracy {accuracy:.2%}")


    if __name__ == "__main__":
        main()
    """
        .replace("@BUILD@", build)
        .replace("@LOAD@", load)
        .replace("@TRAIN@", train)
        .replace("@SAVE@", save)
        .replace("@TEST@", test);
  }

  /** In words, for a comment. */
  static String words(Loss loss) {
    return switch (loss) {
      case MSE -> "Half the squared error, summed over the outputs: the quadratic cost.";
      case CROSS_ENTROPY -> "Cross-entropy: minus the logarithm of what the right digit was given.";
      case BINARY_CROSS_ENTROPY ->
          "Binary cross-entropy: each output is a yes or no of its own; summed over the outputs.";
    };
  }

  /** Sections of a script, two blank lines between them. */
  static String join(List<String> sections) {
    List<String> stripped = new ArrayList<>();
    for (String section : sections) {
      if (!section.isBlank()) {
        stripped.add(section.stripTrailing());
      }
    }
    return String.join("\n\n\n", stripped) + "\n";
  }
}
