package digitlab.testing;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small data sets in the files of MNIST, so that trainings in tests take a second. */
public final class IdxFolders {
  private IdxFolders() {}

  /** Writes four packed files of generated digits into {@code folder}, which is returned. */
  public static Path write(Path folder, int training, int test) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", new StrokeGenerator(1).dataset(training));
    write(folder, "t10k", new StrokeGenerator(2).dataset(test));
    return folder;
  }

  private static void write(Path folder, String prefix, Dataset digits) throws IOException {
    Files.write(folder.resolve(prefix + "-images-idx3-ubyte.gz"), gzip(images(digits)));
    Files.write(folder.resolve(prefix + "-labels-idx1-ubyte.gz"), gzip(labels(digits)));
  }

  private static byte[] images(Dataset digits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int number : new int[] {0x803, digits.size(), digits.height(), digits.width()}) {
      out.writeInt(number);
    }
    for (int i = 0; i < digits.size(); i++) {
      out.write(digits.image(i));
    }
    return bytes.toByteArray();
  }

  private static byte[] labels(Dataset digits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(digits.size());
    for (int i = 0; i < digits.size(); i++) {
      out.write(digits.label(i));
    }
    return bytes.toByteArray();
  }

  public static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(content);
    }
    return bytes.toByteArray();
  }
}
