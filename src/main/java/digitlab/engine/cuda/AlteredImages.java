package digitlab.engine.cuda;

import digitlab.data.Dataset;
import digitlab.data.SmoothField;
import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.engine.cuda.Session.HostMemory;
import digitlab.engine.cuda.Session.Mark;
import digitlab.net.Alteration;
import digitlab.net.Batch;
import digitlab.net.Images;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The images of a group's steps that the card changes before they are shown: which ones of a set
 * are gathered here, and what was made of them lies on the card. That happens beside what the card
 * trains at the moment, so that they are there when their group's turn comes.
 */
final class AlteredImages {
  private static final int LEAST_BYTES = 16 << 20; // of changed images; fewer if they are small
  private static final int LEAST_IMAGES = 1 << 15;
  private static final int JOB = 184; // bytes: struct Job in altering.cuh
  private static final int TURN = 64; // bytes: struct Turn

  private final Kernels kernels;
  private final int stride;
  private final int most;
  private final HostMemory host; // the job, then the numbers of the images
  private final DeviceMemory device; // the same
  private final DeviceMemory pixels; // (most, stride)
  private final DeviceMemory labels; // (most)
  private final Mark ready;
  private @Nullable Alteration alteration; // once there is an image
  private @Nullable Images images;
  private ImageMemory.@Nullable Set set; // where they are
  private long shown; // images before the first one
  private int count;

  /**
   * @param aside works beside what trains
   * @param stride bytes from one image to the next
   * @param rows of the largest batch
   */
  AlteredImages(Kernels kernels, Session aside, int stride, int rows) {
    this.kernels = kernels;
    this.stride = stride;
    most = most(stride, rows);
    host = aside.allocateHost(JOB + (long) Integer.BYTES * most);
    device = aside.allocate(host.segment().byteSize());
    pixels = aside.allocate((long) most * stride);
    labels = aside.allocate(most);
    ready = aside.mark();
  }

  /** How many images there is room for in a group whose batches are not larger than this. */
  static int most(int stride, int rows) {
    return Math.max(Math.min(LEAST_BYTES / stride, LEAST_IMAGES), rows);
  }

  /** Whether images of any shape with so many pixels can be changed on this card. */
  static boolean canChange(int pixelsPerImage, Card card) {
    return sharedBytes(1, pixelsPerImage) <= card.sharedMemory(); // no shape needs more
  }

  /** The shared memory that a block needs: see struct Worker in altering.cuh. */
  private static int sharedBytes(int width, int height) {
    int points = SmoothField.points(width) * SmoothField.points(height);
    return JOB + TURN + Float.BYTES * (2 * (width + 2) * (height + 2) + 4 * points);
  }

  /** Whether so many images of a batch can be changed together with those that are here. */
  boolean hasRoom(Batch batch, int more) {
    return count == 0
        || (count + more <= most
            && batch.images() == images
            && Objects.equals(batch.alteration(), alteration)
            && batch.shown() == shown + count);
  }

  /**
   * Adds images of a batch that is to be altered.
   *
   * @param from where the batch's images are
   * @return the number here of the first one
   */
  int add(Batch batch, int first, int more, ImageMemory.Set from) {
    if (count == 0) {
      set = from;
      alteration = batch.alteration();
      images = batch.images();
      shown = batch.shown() + first;
    }
    int at = count;
    MemorySegment.copy(
        batch.selection(),
        batch.from() + first,
        host.segment(),
        ValueLayout.JAVA_INT,
        JOB + (long) Integer.BYTES * at,
        more);
    count += more;
    return at;
  }

  long pixels() {
    return pixels.address();
  }

  long labels() {
    return labels.address();
  }

  /** Has them changed, beside what goes on. */
  void prepare() {
    Alteration how = alteration;
    ImageMemory.Set from = set;
    if (how != null && from != null) {
      describe(how, from);
      device.write(0, host.segment().asSlice(0, JOB + (long) Integer.BYTES * count));
      kernels.alter(count, sharedBytes(how.width(), how.height()), device.address());
      ready.set();
    }
  }

  private void describe(Alteration how, ImageMemory.Set from) {
    SmoothField field = new SmoothField(how.width(), how.height(), how.elastic());
    Struct job =
        new Struct(host.segment(), 0)
            .wide(from.pixels())
            .wide(from.labels())
            .wide(device.address() + JOB)
            .wide(pixels.address())
            .wide(labels.address())
            .wide(how.key())
            .wide(shown)
            .precise(how.shift())
            .precise(how.rotate())
            .precise(how.scale())
            .precise(how.shear())
            .precise(how.thickness())
            .integer(count)
            .integer(how.width())
            .integer(how.height())
            .integer(stride)
            .integer(how.classes())
            .integer(Byte.toUnsignedInt(Dataset.NO_CLASS))
            .integer(
                drawn(how.rotate())
                    + 2 * drawn(how.scale())
                    + drawn(how.shear())
                    + 2 * drawn(how.shift()))
            .real(field.strength());
    for (float weight : field.gaussian()) {
      job.real(weight);
    }
  }

  /** How many random numbers such a change needs. */
  private static int drawn(double most) {
    return most == 0 ? 0 : 1;
  }

  /** Lets what {@code session} does from now on wait until they are there. */
  void awaitedBy(Session session) {
    if (count > 0) {
      session.waitFor(ready);
    }
  }

  void clear() {
    alteration = null;
    images = null;
    set = null;
    count = 0;
  }

  void close() {
    host.close();
    device.close();
    pixels.close();
    labels.close();
  }
}
