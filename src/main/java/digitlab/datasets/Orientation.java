package digitlab.datasets;

import digitlab.net.Network;
import digitlab.net.NetworkFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Guesses how images must be turned to be like MNIST's: light ink on dark by their borders, and
 * upright by letting a network that is shipped read some of them both ways. EMNIST's digits lie on
 * their side: it reads them far better when rows and columns are exchanged. Of clothes and letters
 * it reads nothing either way, and they stay as they are.
 */
public final class Orientation {
  private static final String READER = "/site/models/3b1b.digitlab";
  private static final int MOST_IMAGES = 400;

  /** What a network that reads digits must reach, and by how much one way must be better. */
  private static final double READS = 0.6;

  private static final double BETTER = 0.2;

  private Orientation() {}

  /** What the training images of a whole upload seem to need. */
  public static Upload.Corrections suggest(Upload upload) {
    Some images = Some.of(upload, Upload.Corrections.NONE);
    boolean invert = images.borderMean() > 127;
    double upright = reads(upload, new Upload.Corrections(false, invert));
    double lying = reads(upload, new Upload.Corrections(true, invert));
    return new Upload.Corrections(lying > READS && lying > upright + BETTER, invert);
  }

  private static double reads(Upload upload, Upload.Corrections corrections) {
    Some images = Some.of(upload, corrections);
    Network reader = new Network(NetworkFormat.read(bytes()).parameters());
    int right = 0;
    for (int n = 0; n < images.count(); n++) {
      reader.look(images.image(n));
      right += reader.answer() == images.label(n) ? 1 : 0;
    }
    return (double) right / images.count();
  }

  private static byte[] bytes() {
    try (InputStream in = Orientation.class.getResourceAsStream(READER)) {
      if (in == null) {
        throw new IllegalStateException("The network " + READER + " is missing from the jar.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first training images of an upload. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Some(int count, byte[] pixels, byte[] labels) {
    static Some of(Upload upload, Upload.Corrections corrections) {
      UploadedFile images = upload.trainingImages();
      int count = Math.min(MOST_IMAGES, images.count());
      return new Some(
          count,
          Pictures.prepared(images.first(count), Upload.SIDE, corrections),
          upload.trainingLabels());
    }

    float[] image(int n) {
      int size = Upload.SIDE * Upload.SIDE;
      float[] image = new float[size];
      for (int i = 0; i < size; i++) {
        image[i] = (pixels[n * size + i] & 255) / 255f;
      }
      return image;
    }

    int label(int n) {
      return labels[n] & 255;
    }

    /** Of the four corners: paper, in any picture of a character. */
    double borderMean() {
      int side = Upload.SIDE;
      long sum = 0;
      for (int n = 0; n < count; n++) {
        int at = n * side * side;
        for (int corner : new int[] {0, side - 1, side * (side - 1), side * side - 1}) {
          sum += pixels[at + corner] & 255;
        }
      }
      return sum / (4.0 * count);
    }
  }
}
