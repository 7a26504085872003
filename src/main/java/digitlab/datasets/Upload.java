package digitlab.datasets;

import digitlab.data.Dataset;
import digitlab.text.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one data set, as they arrive: images and labels that belong together, for training
 * and, if there are any, for testing. All of it is in memory until it is kept as a whole. Not
 * thread-safe.
 */
public final class Upload {
  /** As MNIST has them: other sizes are scaled to it, so that the pads can draw for them. */
  public static final int SIDE = 28;

  /** Where no images for testing came, this share of the images is set aside. */
  private static final int TEST_SHARE = 7;

  private static final int FEWEST = 20;

  private final List<UploadedFile> files = new ArrayList<>();

  /**
   * How the images are to be turned into ours.
   *
   * @param transpose rows become columns: EMNIST's digits lie on their side
   * @param invert dark ink on light paper becomes light ink on dark
   */
  public record Corrections(boolean transpose, boolean invert) {
    public static final Corrections NONE = new Corrections(false, false);
  }

  /** Takes a file; one of the same name takes the place of the one before. */
  public void add(UploadedFile file) {
    files.removeIf(other -> other.name().equals(file.name()));
    files.add(file);
  }

  public List<UploadedFile> files() {
    return List.copyOf(files);
  }

  public void clear() {
    files.clear();
  }

  /** What is still missing, or does not fit together; empty if there is a whole data set. */
  public Optional<Message> obstacle() {
    if (files.isEmpty()) {
      return Optional.of(Message.of("upload.missing"));
    }
    for (boolean testing : new boolean[] {false, true}) {
      Optional<Message> obstacle = obstacle(testing);
      if (obstacle.isPresent()) {
        return obstacle;
      }
    }
    boolean trains = files.stream().anyMatch(file -> isFor(file, false));
    if (!trains) {
      return Optional.of(Message.of("upload.missing.training"));
    }
    int images = part(UploadedFile.Part.IMAGES, false).count();
    return images < FEWEST
        ? Optional.of(Message.of("upload.few", images, FEWEST))
        : Optional.empty();
  }

  private Optional<Message> obstacle(boolean testing) {
    List<UploadedFile> own = files.stream().filter(file -> isFor(file, testing)).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    if (own.size() == 1 && own.getFirst().part() == UploadedFile.Part.TABLE) {
      return Optional.empty();
    }
    UploadedFile images = find(UploadedFile.Part.IMAGES, testing);
    UploadedFile labels = find(UploadedFile.Part.LABELS, testing);
    if (own.size() > 2 || (own.size() == 2 && (images == null || labels == null))) {
      return Optional.of(Message.of("upload.many"));
    }
    if (images == null || labels == null) {
      return Optional.of(
          Message.of(
              images == null ? "upload.missing.images" : "upload.missing.labels",
              own.getFirst().name()));
    }
    return images.count() == labels.count()
        ? Optional.empty()
        : Optional.of(
            Message.of(
                "upload.unequal", images.name(), images.count(), labels.name(), labels.count()));
  }

  /** A single set is for training, whatever it is called. */
  private boolean isFor(UploadedFile file, boolean testing) {
    boolean both =
        files.stream().anyMatch(UploadedFile::isForTesting)
            && files.stream().anyMatch(other -> !other.isForTesting());
    return (both && file.isForTesting()) == testing;
  }

  private @Nullable UploadedFile find(UploadedFile.Part part, boolean testing) {
    for (UploadedFile file : files) {
      boolean fits = file.part() == part || file.part() == UploadedFile.Part.TABLE;
      if (fits && isFor(file, testing)) {
        return file;
      }
    }
    return null;
  }

  private UploadedFile part(UploadedFile.Part part, boolean testing) {
    UploadedFile file = find(part, testing);
    if (file == null) {
      throw new IllegalStateException("The upload is not whole: look at obstacle() first.");
    }
    return file;
  }

  /** The first of the images to train on, to look at. */
  public Dataset first(int most, Corrections corrections) {
    UploadedFile images = trainingImages();
    int count = Math.min(most, images.count());
    byte[] labels = Arrays.copyOf(trainingLabels(), count);
    return new Dataset(
        images.name(),
        SIDE,
        SIDE,
        Byte.MAX_VALUE,
        Pictures.prepared(images.first(count), SIDE, corrections),
        labels);
  }

  /**
   * The data set, images of 28×28 pixels.
   *
   * @throws IllegalStateException if there is an {@link #obstacle}
   * @throws UploadRefusedException if its labels are of no use
   */
  public DataPair data(String name, Corrections corrections) throws UploadRefusedException {
    boolean hasTest = files.stream().anyMatch(file -> isFor(file, true));
    byte[] labels = part(UploadedFile.Part.LABELS, false).labels();
    byte[] testLabels = hasTest ? part(UploadedFile.Part.LABELS, true).labels() : new byte[0];
    int classes = Math.max(classes(labels), classes(testLabels));
    Dataset all = new Dataset(name, SIDE, SIDE, classes, pixels(false, corrections), labels);
    Message origin = Message.of("data.own", name);
    if (hasTest) {
      Dataset test = new Dataset(name, SIDE, SIDE, classes, pixels(true, corrections), testLabels);
      return new DataPair(all, test, origin);
    }
    int training = all.size() - Math.max(1, all.size() / TEST_SHARE);
    return new DataPair(part(all, 0, training), part(all, training, all.size()), origin);
  }

  /** The images to train on, as they came. */
  UploadedFile trainingImages() {
    return part(UploadedFile.Part.IMAGES, false);
  }

  byte[] trainingLabels() {
    return part(UploadedFile.Part.LABELS, false).labels();
  }

  private static Dataset part(Dataset all, int from, int to) {
    byte[] pixels = Arrays.copyOfRange(all.images().pixels(), from * SIDE * SIDE, to * SIDE * SIDE);
    byte[] labels = Arrays.copyOfRange(all.images().labels(), from, to);
    return new Dataset(all.name(), SIDE, SIDE, all.classes(), pixels, labels);
  }

  private static int classes(byte[] labels) throws UploadRefusedException {
    int classes = 10;
    for (byte label : labels) {
      classes = Math.max(classes, (label & 255) + 1);
    }
    if (classes > 127) {
      throw new UploadRefusedException(Message.of("upload.label", classes - 1));
    }
    return classes;
  }

  private byte[] pixels(boolean testing, Corrections corrections) {
    UploadedFile images = part(UploadedFile.Part.IMAGES, testing);
    return Pictures.prepared(images, SIDE, corrections);
  }
}
