package digitlab.net;

/**
 * Images with labels that are trained on together. One batch is filled again and again: its arrays
 * are as large as the largest batch, of which {@link #rows} count. Not thread-safe.
 */
public final class Batch {
  private final int capacity;
  private final float[] images; // (capacity, inputs)
  private final byte[] labels; // (capacity)
  private int rows;

  public Batch(int capacity, int inputs) {
    this.capacity = capacity;
    images = new float[capacity * inputs];
    labels = new byte[capacity];
  }

  /**
   * A batch of given images (rows, inputs), for which the caller vouches that both arrays have the
   * same rows.
   */
  public Batch(float[] images, byte[] labels) {
    if (labels.length == 0 || images.length % labels.length != 0) {
      throw new IllegalArgumentException(
          images.length + " pixels do not make " + labels.length + " images of one size.");
    }
    capacity = labels.length;
    rows = labels.length;
    this.images = images;
    this.labels = labels;
  }

  public int capacity() {
    return capacity;
  }

  /** How many images there are now. */
  public int rows() {
    return rows;
  }

  public void setRows(int rows) {
    if (rows < 0 || rows > capacity) {
      throw new IllegalArgumentException(
          "The batch holds at most " + capacity + " images, not " + rows + ".");
    }
    this.rows = rows;
  }

  public int inputs() {
    return images.length / capacity;
  }

  /** Pixels in [0, 1], (rows, inputs). */
  public float[] images() {
    return images;
  }

  /** Classes from 0, (rows). */
  public byte[] labels() {
    return labels;
  }
}
