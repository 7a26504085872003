package digitlab.simd;

import digitlab.simd.FunctionWriter.IntVariable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code kernels.wasm} for the browser. Each kernel adds in the order of {@code
 * digitlab.net.PlainKernels}, four neurons at a time, so that the bits are the same; nothing is
 * fused ("relaxed"), because that would round differently from machine to machine.
 *
 * <p>All matrices are float32, row after row. A row is filled up with zeros to a multiple of four
 * numbers, and a weight matrix with rows of zeros to a multiple of four rows; kernels compute with
 * the filling like with anything else, and it stays zero. Sizes are in bytes unless they say
 * otherwise.
 */
public final class KernelModule {
  private static final int VECTOR = 16;
  private static final int PAIR = 8; // in a list: the address of a row, and the factor for it

  private KernelModule() {}

  /**
   * Writes the module into a file.
   *
   * @param args the file
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, module());
  }

  static byte[] module() {
    List<FunctionWriter> functions = new ArrayList<>();
    functions.add(lighten());
    functions.add(dense());
    functions.add(denseGradient());
    functions.add(transpose());
    functions.add(denseBack());
    functions.add(clear());
    functions.add(relu());
    functions.add(multiplyReluSlope());
    functions.addAll(OptimizerKernels.all());
    return ModuleWriter.write(functions);
  }

  /** x ← bytes / 255, sixteen at a time. */
  private static FunctionWriter lighten() {
    FunctionWriter f = new FunctionWriter("lighten");
    IntVariable bytes = f.intParameter();
    IntVariable end = f.intParameter(); // of the bytes
    IntVariable x = f.intParameter();
    f.whileTrue(
        bytes.value().isBelow(end.value()),
        () -> {
          for (int quarter = 0; quarter < 4; quarter++) {
            f.store(
                x.value(),
                quarter * VECTOR,
                Vector.at(bytes.value(), 0).quarterOfBytes(quarter).over(Vector.of(255)));
          }
          f.advance(bytes, VECTOR);
          f.advance(x, 4 * VECTOR);
        });
    return f;
  }

  /** z = x·W + b for some rows; {@code list} is room for a pair for each input. */
  private static FunctionWriter dense() {
    FunctionWriter f = new FunctionWriter("dense");
    IntVariable rows = f.intParameter(); // how many
    IntVariable in = f.intParameter();
    IntVariable out = f.intParameter();
    IntVariable x = f.intParameter();
    IntVariable w = f.intParameter();
    IntVariable b = f.intParameter();
    IntVariable z = f.intParameter();
    IntVariable list = f.intParameter();
    IntVariable end = f.variable(Int.of(0));
    IntVariable weights = f.variable(Int.of(0));
    IntVariable next = f.variable(Int.of(0));
    IntVariable found = f.variable(Int.of(0));
    RowSums sums = new RowSums(f, out);
    repeat(
        f,
        rows,
        () -> {
          // the inputs that are not zero
          f.set(end, list.value());
          f.set(weights, w.value());
          f.set(next, x.value().plus(in.value()));
          f.whileTrue(
              x.value().isBelow(next.value()),
              () -> {
                f.set(found, Vector.at(x.value(), 0).differs(Vector.ZERO).signs());
                f.when(
                    found.value(),
                    () -> {
                      for (int lane = 0; lane < 4; lane++) {
                        Int row = weights.value().plus(out.value().times(lane));
                        write(f, end, row, x.value(), 4 * lane);
                        f.advance(end, found.value().bit(lane).times(PAIR));
                      }
                    });
                f.advance(x, VECTOR);
                f.advance(weights, out.value().times(4));
              });
          f.set(next, b.value().plus(out.value()));
          f.whileTrue(
              b.value().isBelow(next.value()),
              () -> {
                f.store(z.value(), 0, Vector.at(b.value(), 0));
                f.advance(b, VECTOR);
                f.advance(z, VECTOR);
              });
          f.set(b, b.value().minus(out.value()));
          sums.add(list.value(), end.value(), z.value().minus(out.value()));
        });
    return f;
  }

  /** Runs while a counter goes down to zero. */
  private static void repeat(FunctionWriter f, IntVariable count, Runnable turn) {
    f.whileTrue(
        Int.of(0).isBelow(count.value()),
        () -> {
          turn.run();
          f.advance(count, -1);
        });
  }

  /**
   * Writes a pair at the end of a list. Whoever then moves the end only if the factor is not zero
   * needs no jump that a processor could guess wrong.
   */
  private static void write(FunctionWriter f, IntVariable end, Int row, Int factorAt, int offset) {
    f.store(end.value(), 0, row);
    f.store(end.value(), 4, Int.at(factorAt, offset));
  }

  /**
   * Adds xᵀ·δ to the gradient of W and the column sums of δ to that of b. Four inputs at a time:
   * for each a list of the rows in which it is not zero.
   */
  private static FunctionWriter denseGradient() {
    FunctionWriter f = new FunctionWriter("denseGradient");
    IntVariable rows = f.intParameter(); // how many
    IntVariable in = f.intParameter();
    IntVariable out = f.intParameter();
    IntVariable x = f.intParameter();
    IntVariable delta = f.intParameter();
    IntVariable gradient = f.intParameter();
    IntVariable biases = f.intParameter();
    IntVariable lists = f.intParameter(); // room for four, each of a pair for each row and one more
    IntVariable columns = f.variable(x.value().plus(in.value())); // the end of the first row
    IntVariable listLength = f.variable(rows.value().plus(1).times(PAIR));
    IntVariable row = f.variable(Int.of(0));
    IntVariable at = f.variable(Int.of(0));
    IntVariable left = f.variable(Int.of(0));
    IntVariable found = f.variable(Int.of(0));
    IntVariable[] ends = new IntVariable[4];
    for (int lane = 0; lane < 4; lane++) {
      ends[lane] = f.variable(Int.of(0));
    }
    RowSums sums = new RowSums(f, out);
    f.whileTrue(
        x.value().isBelow(columns.value()),
        () -> {
          for (int lane = 0; lane < 4; lane++) {
            f.set(ends[lane], lists.value().plus(listLength.value().times(lane)));
          }
          f.set(at, x.value());
          f.set(row, delta.value());
          f.set(left, rows.value());
          repeat(
              f,
              left,
              () -> {
                f.set(found, Vector.at(at.value(), 0).differs(Vector.ZERO).signs());
                f.when(
                    found.value(),
                    () -> {
                      for (int lane = 0; lane < 4; lane++) {
                        write(f, ends[lane], row.value(), at.value(), 4 * lane);
                        f.advance(ends[lane], found.value().bit(lane).times(PAIR));
                      }
                    });
                f.advance(at, in.value());
                f.advance(row, out.value());
              });
          for (int lane = 0; lane < 4; lane++) {
            Int list = lists.value().plus(listLength.value().times(lane));
            sums.add(list, ends[lane].value(), gradient.value());
            f.advance(gradient, out.value());
          }
          f.advance(x, VECTOR);
        });
    f.set(row, delta.value());
    repeat(
        f,
        rows,
        () -> {
          f.set(at, biases.value().plus(out.value()));
          f.whileTrue(
              biases.value().isBelow(at.value()),
              () -> {
                f.store(
                    biases.value(),
                    0,
                    Vector.at(biases.value(), 0).plus(Vector.at(row.value(), 0)));
                f.advance(biases, VECTOR);
                f.advance(row, VECTOR);
              });
          f.set(biases, biases.value().minus(out.value()));
        });
    return f;
  }

  /** Wᵀ of a matrix with rows of {@code out}, of which there are {@code in} / 4. */
  private static FunctionWriter transpose() {
    FunctionWriter f = new FunctionWriter("transpose");
    IntVariable in = f.intParameter();
    IntVariable out = f.intParameter();
    IntVariable w = f.intParameter();
    IntVariable transposed = f.intParameter();
    IntVariable rightEdge = f.variable(transposed.value().plus(in.value()));
    IntVariable to = f.variable(Int.of(0));
    IntVariable end = f.variable(Int.of(0));
    f.whileTrue(
        transposed.value().isBelow(rightEdge.value()),
        () -> {
          f.set(to, transposed.value());
          f.set(end, w.value().plus(out.value()));
          f.whileTrue(
              w.value().isBelow(end.value()),
              () -> {
                Vector[] rows = new Vector[4];
                for (int i = 0; i < 4; i++) {
                  rows[i] = Vector.at(w.value().plus(out.value().times(i)), 0);
                }
                for (int column = 0; column < 4; column++) {
                  int pair = column % 2 * 2;
                  int other = column / 2 * 2;
                  Vector upper = rows[0].choose(rows[1], other, 4 + other, other + 1, 5 + other);
                  Vector lower = rows[2].choose(rows[3], other, 4 + other, other + 1, 5 + other);
                  f.store(to.value(), 0, upper.choose(lower, pair, pair + 1, 4 + pair, 5 + pair));
                  f.advance(to, in.value());
                }
                f.advance(w, VECTOR);
              });
          f.advance(w, out.value().times(3));
          f.advance(transposed, VECTOR);
        });
    return f;
  }

  /**
   * dx = δ·Wᵀ, from Wᵀ: its rows are added in turn, so that each sum goes from neuron to neuron.
   */
  private static FunctionWriter denseBack() {
    FunctionWriter f = new FunctionWriter("denseBack");
    IntVariable rows = f.intParameter(); // how many
    IntVariable in = f.intParameter();
    IntVariable out = f.intParameter();
    IntVariable delta = f.intParameter();
    IntVariable transposed = f.intParameter();
    IntVariable dx = f.intParameter();
    IntVariable weights = f.variable(Int.of(0));
    IntVariable rowEnd = f.variable(Int.of(0));
    IntVariable to = f.variable(Int.of(0));
    IntVariable end = f.variable(Int.of(0));
    FunctionWriter.VectorVariable[] factors = new FunctionWriter.VectorVariable[4];
    for (int i = 0; i < 4; i++) {
      factors[i] = f.variable(Vector.ZERO);
    }
    repeat(
        f,
        rows,
        () -> {
          f.clear(dx.value(), in.value());
          f.set(weights, transposed.value());
          f.set(rowEnd, delta.value().plus(out.value()));
          f.set(end, dx.value().plus(in.value()));
          f.whileTrue(
              delta.value().isBelow(rowEnd.value()),
              () -> {
                for (int i = 0; i < 4; i++) {
                  f.set(factors[i], Vector.splatAt(delta.value(), 4 * i));
                }
                f.set(to, dx.value());
                f.whileTrue(
                    to.value().isBelow(end.value()),
                    () -> {
                      Vector sum = Vector.at(to.value(), 0);
                      for (int i = 0; i < 4; i++) {
                        Int row = weights.value().plus(in.value().times(i));
                        sum = sum.plus(factors[i].value().times(Vector.at(row, 0)));
                      }
                      f.store(to.value(), 0, sum);
                      f.advance(to, VECTOR);
                      f.advance(weights, VECTOR);
                    });
                f.advance(weights, in.value().times(3));
                f.advance(delta, VECTOR);
              });
          f.set(dx, end.value());
        });
    return f;
  }

  private static FunctionWriter clear() {
    FunctionWriter f = new FunctionWriter("clear");
    IntVariable at = f.intParameter();
    IntVariable bytes = f.intParameter();
    f.clear(at.value(), bytes.value());
    return f;
  }

  /** y = z where that is above zero, else 0. */
  private static FunctionWriter relu() {
    FunctionWriter f = new FunctionWriter("relu");
    IntVariable z = f.intParameter();
    IntVariable end = f.intParameter(); // of z
    IntVariable y = f.intParameter();
    f.whileTrue(
        z.value().isBelow(end.value()),
        () -> {
          Vector value = Vector.at(z.value(), 0);
          f.store(y.value(), 0, value.and(value.isAbove(Vector.ZERO)));
          f.advance(z, VECTOR);
          f.advance(y, VECTOR);
        });
    return f;
  }

  /** δ ← δ × (1 where z is above zero, else 0). */
  private static FunctionWriter multiplyReluSlope() {
    FunctionWriter f = new FunctionWriter("multiplyReluSlope");
    IntVariable z = f.intParameter();
    IntVariable end = f.intParameter(); // of z
    IntVariable delta = f.intParameter();
    f.whileTrue(
        z.value().isBelow(end.value()),
        () -> {
          Vector slope = Vector.of(1).and(Vector.at(z.value(), 0).isAbove(Vector.ZERO));
          f.store(delta.value(), 0, Vector.at(delta.value(), 0).times(slope));
          f.advance(z, VECTOR);
          f.advance(delta, VECTOR);
        });
    return f;
  }
}
