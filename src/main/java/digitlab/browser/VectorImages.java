package digitlab.browser;

import digitlab.net.Images;
import java.util.ArrayList;
import java.util.List;

/**
 * Pixels in linear memory: sets of images that last are copied there whole when they are first
 * asked for, other images one at a time.
 */
final class VectorImages implements AutoCloseable {
  /** What a set may take at most, so that phones can hold it twice: 85,000 images of 28×28. */
  private static final int MOST_BYTES = 1 << 26;

  private final LinearMemory memory = new LinearMemory();
  private final List<Images> sets = new ArrayList<>();
  private final List<Integer> addresses = new ArrayList<>(); // of the sets
  private final int one;

  VectorImages(int pixelsPerImage) {
    one = memory.take(pixelsPerImage);
  }

  /** Where the pixels of an image lie until the next call. */
  int address(Images images, int number) {
    int from = number * images.pixelsPerImage();
    if (images.areLasting() && images.pixels().length <= MOST_BYTES) {
      return addressOf(images) + from;
    }
    LinearMemory.write(images.pixels(), from, images.pixelsPerImage(), one);
    return one;
  }

  private int addressOf(Images images) {
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i) == images) {
        return addresses.get(i);
      }
    }
    int bytes = images.pixels().length;
    int address = memory.take(bytes);
    LinearMemory.write(images.pixels(), 0, bytes, address);
    sets.add(images);
    addresses.add(address);
    return address;
  }

  @Override
  public void close() {
    memory.close();
  }
}
