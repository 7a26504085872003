package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.LANES;

/**
 * How a weight matrix (in, out) lies in memory: in panels of some whole vectors of columns, each
 * panel row after row, so that a kernel that works on one panel reads it in one stream. Columns
 * that fill up the last panel hold zeros.
 *
 * <p>A layer of up to two vectors of neurons is one panel; wider ones have panels of {@link
 * #MOST_VECTORS}.
 *
 * @param rows inputs
 * @param columns neurons
 * @param vectors how many vectors wide a panel is
 * @param paddedRows room for so many rows
 */
record Panels(int rows, int columns, int vectors, int paddedRows) {
  /** Four rows of sums of so many vectors fit into the registers: 32 of them, or 16 for AVX2. */
  static final int MOST_VECTORS = LANES == 8 ? 2 : 4;

  static Panels of(int rows, int columns) {
    int needed = (columns + LANES - 1) / LANES;
    int paddedRows = (rows + WideInput.QUAD - 1) / WideInput.QUAD * WideInput.QUAD;
    return new Panels(rows, columns, needed < 3 ? needed : MOST_VECTORS, paddedRows);
  }

  /** Floats in one row of a panel. */
  int width() {
    return vectors * LANES;
  }

  /** How many panels there are. */
  int count() {
    return (columns + width() - 1) / width();
  }

  int paddedColumns() {
    return count() * width();
  }

  /** Floats of one whole panel. */
  int panelSize() {
    return paddedRows * width();
  }

  /** Floats of the whole matrix. */
  int size() {
    return count() * panelSize();
  }

  /** Where the weight from input {@code row} to neuron {@code column} lies. */
  int at(int row, int column) {
    return column / width() * panelSize() + row * width() + column % width();
  }

  /** Reads a matrix (rows, columns) that lies row after row. */
  void pack(float[] from, int fromAt, float[] to, int toAt) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[toAt + at(row, column)] = from[fromAt + row * columns + column];
      }
    }
  }

  /** The reverse of {@link #pack}. */
  void unpack(float[] from, int fromAt, float[] to, int toAt) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[toAt + row * columns + column] = from[fromAt + at(row, column)];
      }
    }
  }
}
