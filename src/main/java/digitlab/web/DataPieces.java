package digitlab.web;

import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A data set as browsers fetch it to train on: pieces of up to {@value #PER_PIECE} images, each the
 * pixels (images, 784) and then the labels (images), packed with gzip and named by the SHA-256 of
 * what is packed; and an index that lists them.
 */
final class DataPieces {
  static final int PER_PIECE = 5000;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  DataPieces(DataPair data) throws IOException {
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("name", data.training().name());
    index.put("training", cut(data.training()));
    index.put("test", cut(data.test()));
    files.put("index.json", JsonMapper.shared().writeValueAsBytes(index));
  }

  /** The files by name, "index.json" among them. */
  Map<String, byte[]> files() {
    return files;
  }

  private List<Object> cut(Dataset images) throws IOException {
    List<Object> pieces = new ArrayList<>();
    for (int from = 0; from < images.size(); from += PER_PIECE) {
      int count = Math.min(PER_PIECE, images.size() - from);
      byte[] content = content(images, from, count);
      String sha256 = sha256(content);
      String file = sha256 + ".bin";
      files.put(file, gzip(content));
      Map<String, Object> piece = new LinkedHashMap<>();
      piece.put("file", file);
      piece.put("images", count);
      piece.put("sha256", sha256);
      pieces.add(piece);
    }
    return pieces;
  }

  private static byte[] content(Dataset images, int from, int count) {
    int size = images.pixelsPerImage();
    byte[] content = new byte[count * (size + 1)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images.image(from + i), 0, content, i * size, size);
      content[count * size + i] = images.label(from + i);
    }
    return content;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
