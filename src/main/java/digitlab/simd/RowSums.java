package digitlab.simd;

import digitlab.simd.FunctionWriter.IntVariable;
import digitlab.simd.FunctionWriter.VectorVariable;

/**
 * The loop that all the time goes into: adds rows times factors to a row of sums, four rows a pass,
 * so that the sums are read and written once for four. {@code sum += (x0·w0 + x1·w1) + (x2·w2 +
 * x3·w3)}, and what is left over one by one.
 */
final class RowSums {
  private static final int VECTOR = 16;
  private static final int PAIR = 8;
  private static final int WIDE = 4; // vectors in a turn of the inner loop

  private final FunctionWriter f;
  private final IntVariable length; // of a row
  private final IntVariable pair;
  private final IntVariable to;
  private final IntVariable end;
  private final IntVariable[] rows = new IntVariable[4];
  private final VectorVariable[] factors = new VectorVariable[4];

  RowSums(FunctionWriter f, IntVariable length) {
    this.f = f;
    this.length = length;
    pair = f.variable(Int.of(0));
    to = f.variable(Int.of(0));
    end = f.variable(Int.of(0));
    for (int i = 0; i < 4; i++) {
      rows[i] = f.variable(Int.of(0));
      factors[i] = f.variable(Vector.ZERO);
    }
  }

  /** Adds the rows of a list of pairs to the sums at an address. */
  void add(Int list, Int listEnd, Int sums) {
    f.set(pair, list);
    f.set(end, sums.plus(length.value()));
    f.whileTrue(pair.value().plus(4 * PAIR).isAtMost(listEnd), () -> addRows(4));
    f.whileTrue(pair.value().isBelow(listEnd), () -> addRows(1));
  }

  private void addRows(int count) {
    for (int i = 0; i < count; i++) {
      f.set(rows[i], Int.at(pair.value(), i * PAIR));
      f.set(factors[i], Vector.splatAt(pair.value(), i * PAIR + 4));
    }
    f.advance(pair, count * PAIR);
    f.set(to, end.value().minus(length.value()));
    f.whileTrue(
        to.value().plus(WIDE * VECTOR).isAtMost(end.value()), () -> addVectors(count, WIDE));
    f.whileTrue(to.value().isBelow(end.value()), () -> addVectors(count, 1));
  }

  private void addVectors(int count, int vectors) {
    for (int v = 0; v < vectors; v++) {
      int offset = v * VECTOR;
      Vector sum = product(0, offset);
      if (count == 4) {
        sum = sum.plus(product(1, offset)).plus(product(2, offset).plus(product(3, offset)));
      }
      f.store(to.value(), offset, Vector.at(to.value(), offset).plus(sum));
    }
    for (int i = 0; i < count; i++) {
      f.advance(rows[i], vectors * VECTOR);
    }
    f.advance(to, vectors * VECTOR);
  }

  private Vector product(int row, int offset) {
    return factors[row].value().times(Vector.at(rows[row].value(), offset));
  }
}
