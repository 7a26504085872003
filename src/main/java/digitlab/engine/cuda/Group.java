package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.engine.cuda.Session.HostMemory;
import digitlab.net.Batch;
import digitlab.net.Images;
import digitlab.net.StepResult;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps that one launch takes: their description, gathered in memory that the card can reach, and
 * what came of them. In it lie struct Job, the Steps, the Results and the numbers of the images;
 * see job.cuh.
 */
final class Group {
  /** Most steps of a launch. */
  static final int MOST_STEPS = 2048;

  private static final int STEP = 56;
  private static final int RESULT = 8;
  private static final int STEPS_AT = 3256; // bytes: behind the job
  private static final int RESULTS_AT = STEPS_AT + MOST_STEPS * STEP;
  private static final int NUMBERS_AT = RESULTS_AT + MOST_STEPS * RESULT;
  private static final int LEAST_IMAGES = 1 << 17;
  private static final int LEAST_OWN_BYTES = 4 << 20;

  private final Fleet fleet;
  private final Session session;
  private final int stride;
  private final int mostRows; // of a batch
  private final int mostImages;
  private final int mostOwn; // images that batches bring along
  private final HostMemory host;
  private final DeviceMemory device;
  private final int[] rows = new int[MOST_STEPS];
  private @Nullable AlteredImages altered; // once images are to be changed
  private @Nullable HostMemory ownHost; // pixels, then labels; once a batch brings images along
  private @Nullable DeviceMemory ownDevice;
  private final Set<ImageMemory.Set> sets = new HashSet<>(); // that the steps read
  private @Nullable Images known; // that were added last
  private ImageMemory.@Nullable Set knownSet;
  private int steps;
  private int imageCount;
  private int ownCount;
  private Fleet.@Nullable Launch launch; // that it is in

  /**
   * How a step is to be done.
   *
   * @param number from 1
   * @param outputs where predictions go, or 0
   */
  record How(long number, float rate, float correction, float keep, long outputs) {
    /** Looking only. */
    static How look(long outputs) {
      return new How(0, 0, 1, 1, outputs);
    }
  }

  /**
   * A group that has room for at least one batch of {@code rows} images.
   *
   * @param session where it takes its memory
   * @param stride bytes from one image to the next
   */
  Group(Fleet fleet, Session session, int stride, int rows) {
    this.fleet = fleet;
    this.session = session;
    this.stride = stride;
    mostRows = rows;
    mostImages = Math.max(LEAST_IMAGES, rows);
    mostOwn = Math.max(LEAST_OWN_BYTES / stride, rows);
    long bytes = NUMBERS_AT + (long) Integer.BYTES * mostImages;
    host = session.allocateHost(bytes);
    device = session.allocate(bytes);
  }

  /** Whether it can take batches of so many images at all. */
  boolean canHold(int count) {
    return count <= mostRows;
  }

  int steps() {
    return steps;
  }

  /** How many images the steps show. */
  int rows(int step) {
    return rows[step];
  }

  /** Whether a step with so many rows of this batch fits in. */
  boolean hasRoom(Batch batch, int count) {
    boolean own = !batch.images().areLasting();
    return steps < MOST_STEPS
        && imageCount + count <= mostImages
        && (!own || ownCount + count <= mostOwn)
        && (altered == null || batch.alteration() == null || altered.hasRoom(batch, count));
  }

  /** Adds a step with {@code count} images of a batch, from row {@code first} on. */
  void add(Batch batch, int first, int count, How how) {
    MemorySegment memory = host.segment();
    Images from = batch.images();
    long pixels;
    long labels;
    long numbersAt = NUMBERS_AT + (long) Integer.BYTES * imageCount;
    if (batch.alteration() != null) {
      ImageMemory.Set set = set(from);
      AlteredImages here = altered();
      pixels = here.pixels();
      labels = here.labels();
      int number = here.add(batch, first, count, set);
      for (int row = 0; row < count; row++) {
        memory.set(ValueLayout.JAVA_INT, numbersAt + (long) Integer.BYTES * row, number + row);
      }
    } else if (from.areLasting()) {
      ImageMemory.Set set = set(from);
      pixels = set.pixels();
      labels = set.labels();
      MemorySegment.copy(
          batch.selection(), batch.from() + first, memory, ValueLayout.JAVA_INT, numbersAt, count);
    } else {
      pixels = ownDevice().address();
      labels = pixels + labelsAt();
      for (int row = 0; row < count; row++) {
        memory.set(ValueLayout.JAVA_INT, numbersAt + (long) Integer.BYTES * row, ownCount);
        bringAlong(from, batch.number(first + row));
      }
    }
    new Struct(memory, STEPS_AT + (long) STEP * steps)
        .wide(pixels)
        .wide(labels)
        .wide(device.address() + numbersAt)
        .wide(how.outputs)
        .wide(how.number)
        .integer(count)
        .real(how.rate)
        .real(how.correction)
        .real(how.keep);
    rows[steps] = count;
    steps++;
    imageCount += count;
  }

  private AlteredImages altered() {
    AlteredImages there = altered;
    if (there == null) {
      there = new AlteredImages(fleet.kernels(), session.aside(), stride, mostRows);
      altered = there;
    }
    return there;
  }

  private ImageMemory.Set set(Images from) {
    ImageMemory.Set set = knownSet;
    if (set == null || from != known) {
      set = fleet.images().of(from);
      known = from;
      knownSet = set;
      if (sets.add(set)) {
        set.use();
      }
    }
    return set;
  }

  /** Whether it knows where this batch's images are, so that {@link #add} asks nobody. */
  boolean knows(Batch batch) {
    return batch.images() == known && (batch.alteration() == null || altered != null);
  }

  private void bringAlong(Images from, int image) {
    MemorySegment own = ownHost().segment();
    ImageMemory.copy(from, image, own, (long) ownCount * stride);
    own.set(ValueLayout.JAVA_BYTE, labelsAt() + ownCount, from.labels()[image]);
    ownCount++;
  }

  private long labelsAt() {
    return (long) mostOwn * stride;
  }

  private HostMemory ownHost() {
    HostMemory there = ownHost;
    if (there == null) {
      there = session.allocateHost(labelsAt() + mostOwn);
      there.segment().fill((byte) 0); // rows are padded
      ownHost = there;
    }
    return there;
  }

  private DeviceMemory ownDevice() {
    DeviceMemory there = ownDevice;
    if (there == null) {
      there = session.allocate(labelsAt() + mostOwn);
      ownDevice = there;
    }
    return there;
  }

  /** Has changed what is to be changed, beside what the card does at the moment. */
  void prepare() {
    if (altered != null) {
      altered.prepare();
    }
  }

  /** Sends everything to the card: what its job says, and the steps. */
  void send(Job job) {
    if (altered != null) {
      altered.awaitedBy(session);
    }
    MemorySegment memory = host.segment();
    job.write(
        new Struct(memory, 0),
        device.address() + STEPS_AT,
        device.address() + NUMBERS_AT + (long) Integer.BYTES * imageCount,
        device.address() + RESULTS_AT,
        steps);
    device.write(0, memory.asSlice(0, STEPS_AT + (long) STEP * steps));
    device.write(NUMBERS_AT, memory.asSlice(NUMBERS_AT, (long) Integer.BYTES * imageCount));
    if (ownCount > 0) {
      ownDevice().write(0, ownHost().segment().asSlice(0, (long) ownCount * stride));
      ownDevice().write(labelsAt(), ownHost().segment().asSlice(labelsAt(), ownCount));
    }
  }

  /** Where its job is on the card. */
  long job() {
    return device.address();
  }

  /** Has the results sent back, behind the kernel. */
  void fetch(Fleet.Launch in) {
    device.read(RESULTS_AT, host.segment().asSlice(RESULTS_AT, (long) RESULT * steps));
    launch = in;
  }

  /** The launch that it is in; null as long as there is none. */
  Fleet.@Nullable Launch launch() {
    return launch;
  }

  /** What struct Job says. */
  interface Job {
    /**
     * Writes it; the addresses are those of the steps, of the end of the images' numbers, and of
     * the results.
     */
    void write(Struct struct, long steps, long numbersEnd, long results, int stepCount);
  }

  /** What came of a step, after the launch. */
  StepResult result(int step) {
    long at = RESULTS_AT + (long) RESULT * step;
    return new StepResult(
        host.segment().get(ValueLayout.JAVA_FLOAT, at),
        host.segment().get(ValueLayout.JAVA_INT, at + Float.BYTES));
  }

  /** Makes room for other steps. Nothing may be under way. */
  void clear() {
    sets.forEach(ImageMemory.Set::release);
    sets.clear();
    if (altered != null) {
      altered.clear();
    }
    known = null;
    knownSet = null;
    launch = null;
    steps = 0;
    imageCount = 0;
    ownCount = 0;
  }

  /** Gives its memory back. */
  void close() {
    host.close();
    device.close();
    if (altered != null) {
      altered.close();
    }
    if (ownHost != null) {
      ownHost.close();
    }
    if (ownDevice != null) {
      ownDevice.close();
    }
  }
}
