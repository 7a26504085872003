package digitlab.datasets;

import digitlab.data.Dataset;
import digitlab.data.DoodleGenerator;
import digitlab.data.StrokeGenerator;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the images that a plan asks for. MNIST: in the folder that was named, else in the cache,
 * else from a mirror; where there is none of these, the built-in generator takes its place, and the
 * origin says so. Sets that people brought come from where they are kept. Thread-safe; what was
 * read stays in memory, other people's sets as long as there is room.
 */
public final class DataLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(DataLibrary.class);
  private static final int TRAINING_PEN_DIGITS = 60_000;
  private static final int TEST_PEN_DIGITS = 10_000;
  private static final int DOODLES = 24_000;

  private final @Nullable Path folder;
  private final Path cache;
  private final MnistDownload download;
  private @Nullable DataPair mnist;
  private @Nullable DataPair penDigits;
  private final @Nullable OwnSetStore ownSets;
  private final Map<OwnSet, SoftReference<DataPair>> ownPairs = new HashMap<>();
  private final Map<DataChoice, SoftReference<DataPair>> joinedPairs = new HashMap<>();

  /**
   * @param folder the folder that was named by the user; null if none was
   * @param cache where downloads are kept
   */
  public DataLibrary(@Nullable Path folder, Path cache, MnistDownload download) {
    this(folder, cache, download, null);
  }

  private DataLibrary(
      @Nullable Path folder, Path cache, MnistDownload download, @Nullable OwnSetStore ownSets) {
    this.folder = folder;
    this.cache = cache;
    this.download = download;
    this.ownSets = ownSets;
  }

  /** The same library with the sets that people brought. */
  public DataLibrary with(OwnSetStore sets) {
    return new DataLibrary(folder, cache, download, sets);
  }

  /**
   * Finds or makes the images.
   *
   * @throws IllegalArgumentException if the folder that was named has no proper files: then nothing
   *     else is tried; or if there is no set of that name
   */
  public synchronized DataPair find(DataChoice choice, MnistDownload.Progress progress)
      throws InterruptedException {
    if (choice.isOwn()) {
      return own(choice.ownName());
    }
    if (choice.equals(DataChoice.PEN_DIGITS)) {
      return penDigits(Message.of("data.pen-digits"));
    }
    DataPair real = mnist(progress);
    return choice.equals(DataChoice.MNIST) ? real : joined(choice, real);
  }

  /** Kept as long as there is memory: trainings at the same time share it. */
  private DataPair joined(DataChoice choice, DataPair real) {
    SoftReference<DataPair> known = joinedPairs.get(choice);
    DataPair pair = known == null ? null : known.get();
    if (pair == null) {
      Dataset drawn = penDigits(Message.of("data.pen-digits")).training();
      pair =
          choice.equals(DataChoice.MNIST_AND_PEN_DIGITS)
              ? joined(real, "data.both", drawn)
              : joined(real, "data.all", drawn, new DoodleGenerator(3).dataset(DOODLES));
      if (mnist != null) { // not what had to take its place
        joinedPairs.put(choice, new SoftReference<>(pair));
      }
    }
    return pair;
  }

  private DataPair own(String name) {
    if (ownSets == null) {
      throw new IllegalArgumentException(
          "The data set \""
              + name
              + "\" is kept in the Lab's database, which this command does not open. Train it in"
              + " the Lab, or give a folder with IDX files as --data and the plan \"data mnist\".");
    }
    OwnSet set =
        ownSets
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no data set \""
                            + name
                            + "\" any more. Upload it again under that name, or choose another."));
    SoftReference<DataPair> known = ownPairs.get(set);
    DataPair pair = known == null ? null : known.get();
    if (pair == null) {
      pair = ownSets.read(name).orElseThrow();
      ownPairs.keySet().removeIf(old -> old.name().equals(name));
      ownPairs.put(set, new SoftReference<>(pair));
    }
    return pair;
  }

  /**
   * Training images of several sets; where pen digits had to take MNIST's place, they stay once.
   */
  private static DataPair joined(DataPair real, String origin, Dataset... others) {
    Dataset training = real.training();
    Message said = Message.of(origin, training.name());
    for (Dataset other : others) {
      if (other == real.training()) {
        said = real.origin();
      } else {
        training = Dataset.join(training, other);
      }
    }
    return new DataPair(training, real.test(), said);
  }

  /**
   * MNIST, or the folder that was named, if it can be had without a download; empty otherwise.
   *
   * @throws IOException if it is there and can't be read
   */
  public synchronized Optional<DataPair> atHand() throws IOException {
    if (mnist == null) {
      IdxFolder there = new IdxFolder(folder == null ? cache : folder);
      if (!there.isComplete()) {
        return Optional.empty();
      }
      mnist = there.read();
    }
    return Optional.of(mnist);
  }

  private DataPair mnist(MnistDownload.Progress progress) throws InterruptedException {
    if (mnist == null) {
      try {
        if (folder != null) {
          mnist = new IdxFolder(folder).read();
        } else {
          mnist = readCache(progress);
        }
      } catch (IOException e) {
        if (folder != null) {
          throw new UncheckedIOException(
              "The data in " + folder + " can't be read: " + e.getMessage() + ".", e);
        }
        // not kept: the next training tries the mirrors again
        return penDigits(Message.of("data.fallback", String.valueOf(e.getMessage())));
      }
    }
    return mnist;
  }

  private DataPair readCache(MnistDownload.Progress progress)
      throws IOException, InterruptedException {
    IdxFolder cached = new IdxFolder(cache);
    if (cached.isComplete()) {
      try {
        return cached.read();
      } catch (IllegalArgumentException e) {
        LOG.warn("The cached data are damaged and will be fetched again: {}", e.getMessage());
        cached.delete();
      }
    }
    download.fetch(cache, progress);
    return cached.read();
  }

  private DataPair penDigits(Message origin) {
    if (penDigits == null) {
      penDigits =
          new DataPair(
              new StrokeGenerator(1).dataset(TRAINING_PEN_DIGITS),
              new StrokeGenerator(2).dataset(TEST_PEN_DIGITS),
              origin);
    }
    return new DataPair(penDigits.training(), penDigits.test(), origin);
  }
}
