package digitlab.engine.cpu;

import digitlab.net.Activation;
import digitlab.net.EngineSettings;
import digitlab.net.Optimizer;
import java.util.Arrays;

/** One thread's share of each step: see {@link Cut} for what it is. */
final class Member {
  private final int me;
  private final Team team;
  private final EngineSettings settings;
  private final Cut cut;
  private final int firstPart;
  private final int lastPart; // exclusive
  private final Layer[] layers;
  private final OutputLayer output;
  private final Shared shared;
  private final float[] w; // parameters of all members
  private final float[] s; // scratch of all members
  private final WideInput input;
  private final Transposer transposer = new Transposer();
  private int meetings;

  @SuppressWarnings("UnusedVariable") // keeps the JIT compiler from dropping what touches
  private int touched;

  /**
   * What all members use.
   *
   * @param mostRows rows that are worked on at a time
   * @param partsAt where the sums of the parts lie in the scratch memory, for even and for odd
   *     meetings: who is ahead writes where nobody reads any more
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Shared(
      Team team,
      EngineSettings settings,
      Cut cut,
      int mostRows,
      float[] parameters,
      float[] gradient,
      float[][] slots,
      float[] scratch,
      int[] partsAt) {}

  Member(int me, Shared shared, Layer[] layers, int inputAt) {
    this.me = me;
    this.shared = shared;
    this.layers = layers;
    team = shared.team;
    settings = shared.settings;
    cut = shared.cut;
    w = shared.parameters;
    s = shared.scratch;
    firstPart = cut.parts() * me / team.members();
    lastPart = cut.parts() * (me + 1) / team.members();
    Layer last = layers[layers.length - 1];
    output =
        new OutputLayer(
            settings.loss(), last.shape().activation(), last.shape().out(), last.stride());
    input =
        new WideInput(settings.network().inputs(), cut.narrow() ? 0 : shared.mostRows, s, inputAt);
  }

  Layer[] layers() {
    return layers;
  }

  /** Does this member's share of a task. */
  void run(Task task) {
    boolean learns = task.kind != Task.Kind.PREDICT;
    // plain gradient descent on a batch that fits: the products go straight into the weights
    boolean direct =
        task.kind == Task.Kind.STEP
            && settings.optimizer() instanceof Optimizer.Sgd
            && task.rows <= shared.mostRows;
    float[] into = direct ? w : shared.gradient;
    if (learns && !direct) {
      forOwnNumbers((from, to, _) -> Arrays.fill(into, from, to, 0));
    }
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < task.rows; first += shared.mostRows) {
      int rows = Math.min(shared.mostRows, task.rows - first);
      forward(task, first, rows);
      if (me == 0) {
        loss += output.loss(rows, task.labels(), first, s, last().zAt(), last().yAt());
        correct += output.correct(rows, task.labels(), first, s, last().yAt());
      }
      if (learns) {
        output.delta(rows, task.labels(), first, 1f / task.rows, s, last().yAt(), last().deltaAt());
        backward(rows);
        if (direct && settings.l2() > 0) {
          float keep = (float) (1 - task.rate * settings.l2());
          forOwnNumbers((from, to, weights) -> scale(w, from, weights ? to : from, keep));
        }
        addGradient(task, first, rows, direct ? -task.rate : 1, into);
      } else if (me == 0) {
        copyOutputs(task, first, rows);
      }
    }
    if (task.kind == Task.Kind.STEP && !direct) {
      forOwnNumbers((from, to, weights) -> update(task, from, to, weights));
      transpose();
    }
    if (me == 0) {
      task.loss = loss / task.rows;
      task.correct = correct;
    }
  }

  private Layer last() {
    return layers[layers.length - 1];
  }

  // ---- forward

  private void forward(Task task, int first, int rows) {
    int summed = cut.summedLayer();
    int partsAt = shared.partsAt[meetings & 1];
    if (cut.narrow()) {
      for (int part = firstPart; part < lastPart; part++) {
        NarrowProduct.product(layers[0], task, first, rows, part, w, s, partAt(partsAt, part));
      }
    } else {
      input.read(task.images, task.numbers(), first, rows);
      Layer layer = layers[0];
      int from = cut.begin(firstPart, layer.panels().count());
      int to = cut.begin(lastPart, layer.panels().count());
      int column = from * layer.panels().width();
      Elementwise own = block(layer, rows, (to - from) * layer.panels().width());
      own.fill(w, layer.biasesAt() + column, s, layer.zAt() + column);
      input.addProduct(layer, from, to, rows, w, s);
      activate(0, task, first, rows, column, own.width());
      for (int part = firstPart; part < lastPart && summed == 1; part++) {
        sumPart(part, rows, partAt(partsAt, part));
      }
    }
    if (first + rows == task.rows) {
      touchAhead(task);
    }
    if (cut.parts() > 1) {
      addParts(rows, partsAt);
      activate(summed, task, first, rows, 0, layers[summed].paddedOut());
    }
    for (int l = summed + 1; l < layers.length; l++) {
      Layer layer = layers[l];
      block(layer, rows, layer.paddedOut()).fill(w, layer.biasesAt(), s, layer.zAt());
      addProduct(l, 0, layer.in(), rows, layer.zAt());
      activate(l, task, first, rows, 0, layer.paddedOut());
    }
  }

  /**
   * Reads a little of the images that will probably be asked for next, so that they come from
   * memory while this step goes on.
   */
  private void touchAhead(Task task) {
    if (cut.narrow()) {
      touched += task.nonZero.touch(task, task.rows, task.ahead);
    } else {
      touched += WideInput.touch(task.images, task.numbers(), task.rows, task.ahead);
    }
  }

  private static Elementwise block(Layer layer, int rows, int width) {
    return new Elementwise(rows, width, layer.stride());
  }

  /** Where the sums of a part lie. */
  private int partAt(int partsAt, int part) {
    return partsAt + part * shared.mostRows * layers[cut.summedLayer()].stride();
  }

  /** The second layer's sums over the inputs of one part. */
  private void sumPart(int part, int rows, int partAt) {
    block(layers[1], rows, layers[1].paddedOut()).fillZero(s, partAt);
    addProduct(1, firstInput(part), firstInput(part + 1), rows, partAt);
  }

  /** The first input of the second layer that belongs to a part: the first neuron of the first. */
  private int firstInput(int part) {
    Panels panels = layers[0].panels();
    return Math.min(layers[1].in(), cut.begin(part, panels.count()) * panels.width());
  }

  /**
   * into += x·W over the inputs from {@code from} to {@code to} of a layer that is not the first.
   */
  private void addProduct(int l, int from, int to, int rows, int intoAt) {
    Layer layer = layers[l];
    Panels panels = layer.panels();
    Layer below = layers[l - 1];
    for (int panel = 0; panel < panels.count(); panel++) {
      Product.add(
          rows,
          to - from,
          1,
          s,
          below.passedAt() + from,
          below.stride(),
          1,
          w,
          layer.weightsAt() + panel * panels.panelSize() + from * panels.width(),
          panels.width(),
          panels.vectors(),
          s,
          intoAt + panel * panels.width(),
          layer.stride());
    }
  }

  /**
   * z = b + the sums of all parts: added in pairs, as in a tournament, so that members can add
   * their own before they meet and the order is the same for any number of them.
   */
  private void addParts(int rows, int partsAt) {
    Layer layer = layers[cut.summedLayer()];
    Elementwise all = block(layer, rows, layer.paddedOut());
    int share = lastPart - firstPart;
    for (int distance = 1; distance < share; distance *= 2) {
      for (int part = firstPart; part < lastPart; part += 2 * distance) {
        all.add(s, partAt(partsAt, part + distance), partAt(partsAt, part));
      }
    }
    team.meet(me);
    meetings++;
    all.addTournament(
        w, layer.biasesAt(), s, partsAt, partAt(0, share), team.members(), layer.zAt());
  }

  private void activate(int l, Task task, int first, int rows, int column, int width) {
    Layer layer = layers[l];
    Elementwise block = block(layer, rows, width);
    if (l == layers.length - 1 && layer.shape().activation() == Activation.SOFTMAX) {
      output.softmax(rows, s, layer.zAt(), layer.yAt());
    } else {
      block.activate(layer.shape().activation(), s, layer.zAt() + column, layer.yAt() + column);
    }
    if (layer.maskAt() >= 0) {
      Dropout.write(layer, task.mask, l, first, rows, column, width, s);
      block.multiply(s, layer.yAt() + column, layer.maskAt() + column, layer.passedAt() + column);
    }
  }

  private void copyOutputs(Task task, int first, int rows) {
    int classes = output.classes();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          s, last().yAt() + row * last().stride(), task.outputs, (first + row) * classes, classes);
    }
  }

  // ---- backward

  private void backward(int rows) {
    int l = layers.length - 1;
    if (!settings.loss().isJoined()) {
      Layer layer = layers[l];
      block(layer, rows, layer.paddedOut())
          .multiplySlope(layer.shape().activation(), s, layer.zAt(), layer.yAt(), layer.deltaAt());
    }
    for (; l > cut.summedLayer(); l--) {
      back(l, 0, layers[l - 1].paddedOut(), rows);
    }
    if (l == 1) {
      Panels panels = layers[0].panels();
      int from = cut.begin(firstPart, panels.count()) * panels.width();
      int to = cut.begin(lastPart, panels.count()) * panels.width();
      back(1, from, to, rows);
    }
  }

  /** δ of the layer below layer {@code l}, for its neurons from {@code from} to {@code to}. */
  private void back(int l, int from, int to, int rows) {
    Layer layer = layers[l];
    Layer below = layers[l - 1];
    Panels back = layer.back();
    Elementwise block = block(below, rows, to - from);
    block.fillZero(s, below.deltaAt() + from);
    for (int panel = from / back.width(); panel < to / back.width(); panel++) {
      Product.add(
          rows,
          layer.shape().out(),
          1,
          s,
          layer.deltaAt(),
          layer.stride(),
          1,
          s,
          layer.backAt() + panel * back.panelSize(),
          back.width(),
          back.vectors(),
          s,
          below.deltaAt() + panel * back.width(),
          below.stride());
    }
    if (below.maskAt() >= 0) {
      block.multiply(s, below.deltaAt() + from, below.maskAt() + from, below.deltaAt() + from);
    }
    block.multiplySlope(
        below.shape().activation(),
        s,
        below.zAt() + from,
        below.yAt() + from,
        below.deltaAt() + from);
  }

  private void addGradient(Task task, int first, int rows, float alpha, float[] into) {
    for (int l = layers.length - 1; l > cut.summedLayer(); l--) {
      addGradient(l, 0, layers[l].in(), rows, alpha, into);
      addBiasGradient(l, 0, layers[l].paddedOut(), rows, alpha, into);
    }
    if (cut.narrow()) {
      for (int part = firstPart; part < lastPart; part++) {
        NarrowProduct.addGradient(layers[0], task, first, rows, part, alpha, s, into);
      }
      addBiasGradient(0, 0, layers[0].paddedOut(), rows, alpha, into);
      return;
    }
    if (cut.summedLayer() == 1) {
      addGradient(1, firstInput(firstPart), firstInput(lastPart), rows, alpha, into);
      addBiasGradient(1, 0, layers[1].paddedOut(), rows, alpha, into);
    }
    Panels panels = layers[0].panels();
    int from = cut.begin(firstPart, panels.count());
    int to = cut.begin(lastPart, panels.count());
    input.addGradient(layers[0], from, to, rows, alpha, s, into);
    addBiasGradient(0, from * panels.width(), to * panels.width(), rows, alpha, into);
  }

  /**
   * dW += α·xᵀ·δ for the inputs from {@code from} to {@code to} of a layer that is not the first.
   */
  private void addGradient(int l, int from, int to, int rows, float alpha, float[] into) {
    Layer layer = layers[l];
    Panels panels = layer.panels();
    Layer below = layers[l - 1];
    for (int panel = 0; panel < panels.count(); panel++) {
      Product.add(
          to - from,
          rows,
          alpha,
          s,
          below.passedAt() + from,
          1,
          below.stride(),
          s,
          layer.deltaAt() + panel * panels.width(),
          layer.stride(),
          panels.vectors(),
          into,
          layer.weightsAt() + panel * panels.panelSize() + from * panels.width(),
          panels.width());
      if (into == w) { // the weights themselves: transposed while they are in the cache
        transposer.copy(layer, panel, w, from, to, s);
      }
    }
  }

  private void addBiasGradient(int l, int from, int to, int rows, float alpha, float[] into) {
    Layer layer = layers[l];
    block(layer, rows, to - from)
        .addColumnSums(alpha, s, layer.deltaAt() + from, into, layer.biasesAt() + from);
  }

  // ---- update

  /** Some of the numbers that this member keeps up to date. */
  private interface Numbers {
    void accept(int from, int to, boolean weights);
  }

  private void forOwnNumbers(Numbers numbers) {
    for (int l = 0; l < layers.length; l++) {
      Layer layer = layers[l];
      Panels panels = layer.panels();
      if (l == 0 && !cut.narrow()) {
        int from = cut.begin(firstPart, panels.count());
        int to = cut.begin(lastPart, panels.count());
        numbers.accept(
            layer.weightsAt() + from * panels.panelSize(),
            layer.weightsAt() + to * panels.panelSize(),
            true);
        numbers.accept(
            layer.biasesAt() + from * panels.width(),
            layer.biasesAt() + to * panels.width(),
            false);
      } else {
        int from = firstOwnRow(l, firstPart) * panels.width();
        int to = firstOwnRow(l, lastPart) * panels.width();
        for (int panel = 0; panel < panels.count(); panel++) {
          int at = layer.weightsAt() + panel * panels.panelSize();
          numbers.accept(at + from, at + to, true);
        }
        numbers.accept(layer.biasesAt(), layer.biasesAt() + layer.paddedOut(), false);
      }
    }
  }

  /** Rows of weights from that of {@code part} to that of the last part are this member's. */
  private int firstOwnRow(int l, int part) {
    Layer layer = layers[l];
    if (l > cut.summedLayer()) {
      return part == firstPart ? 0 : layer.in();
    }
    return l == 0 ? cut.begin(part, layer.in()) : firstInput(part);
  }

  private static void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }

  private void update(Task task, int from, int to, boolean weights) {
    float l2 = weights ? (float) settings.l2() : 0;
    settings
        .optimizer()
        .update(
            w,
            shared.gradient,
            shared.slots,
            new Optimizer.Pass(from, to, task.rate, l2, task.step));
  }

  /** Brings the transposed weights up to date. */
  void transpose() {
    for (int l = 1; l < layers.length; l++) {
      int from = firstOwnRow(l, firstPart);
      int to = firstOwnRow(l, lastPart);
      for (int panel = 0; panel < layers[l].panels().count(); panel++) {
        transposer.copy(layers[l], panel, w, from, to, s);
      }
    }
  }
}
