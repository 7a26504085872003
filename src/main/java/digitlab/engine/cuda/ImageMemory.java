package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.net.Images;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The images of data sets on the card, as bytes, brought there once. Rows are padded with zeros to
 * {@link #stride}.
 */
final class ImageMemory {
  /**
   * For each network: training and test images, and a few more; beyond that those go that nobody
   * needs.
   */
  private static final int KEPT_SETS = 4;

  private static final int ALIGNMENT = 16; // kernels read so many bytes at once

  private final Session session;
  private final IntSupplier networks;
  private final Map<Images, Set> sets = new HashMap<>();

  /**
   * A set that is there. Whoever launches something that reads it says so before and afterwards.
   */
  static final class Set {
    private final DeviceMemory pixels;
    private final DeviceMemory labels;
    private int users;

    private Set(DeviceMemory pixels, DeviceMemory labels) {
      this.pixels = pixels;
      this.labels = labels;
    }

    long pixels() {
      return pixels.address();
    }

    long labels() {
      return labels.address();
    }

    void use() {
      users++;
    }

    void release() {
      users--;
    }

    /** Gives its memory back if nobody needs it. */
    private boolean closeIfIdle() {
      if (users > 0) {
        return false;
      }
      pixels.close();
      labels.close();
      return true;
    }
  }

  /**
   * @param networks how many there are that need images
   */
  ImageMemory(Session session, IntSupplier networks) {
    this.session = session;
    this.networks = networks;
  }

  /** Bytes from one image to the next. */
  static int stride(int pixelsPerImage) {
    return (pixelsPerImage + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Where lasting images are; brings them there if they are new. */
  Set of(Images images) {
    Set known = sets.get(images);
    if (known == null) {
      if (sets.size() >= KEPT_SETS * networks.getAsInt()) {
        sets.values().removeIf(Set::closeIfIdle);
      }
      known =
          new Set(
              session.allocate((long) images.size() * stride(images.pixelsPerImage())),
              session.allocate(images.size()));
      sets.put(images, known);
      bring(images, known);
    }
    return known;
  }

  private void bring(Images images, Set to) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(to.pixels.bytes());
      int stride = stride(images.pixelsPerImage());
      for (int image = 0; image < images.size(); image++) {
        copy(images, image, rows, (long) image * stride);
      }
      to.pixels.write(0, rows);
      to.labels.write(0, arena.allocateFrom(ValueLayout.JAVA_BYTE, images.labels()));
      session.awaitAlone(); // nobody else is to find it half there
    }
  }

  /** Copies the pixels of one image. */
  static void copy(Images images, int image, MemorySegment to, long at) {
    int pixels = images.pixelsPerImage();
    MemorySegment.copy(images.pixels(), image * pixels, to, ValueLayout.JAVA_BYTE, at, pixels);
  }
}
