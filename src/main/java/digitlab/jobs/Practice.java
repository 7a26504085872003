package digitlab.jobs;

import digitlab.engine.EngineProvider;
import digitlab.math.Rng;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Images;
import digitlab.net.Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network of its own on noise, in a thread of its own, while the images are still being
 * read: when the training begins, Java has compiled the engine's loops already. Nothing else comes
 * of it. It does nothing for an engine that is not Java, where there is one processor, or where the
 * network or its batches are so large that the start does not matter.
 */
public final class Practice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Practice.class);
  private static final int MOST_PARAMETERS = 1_000_000;
  private static final int MOST_ROWS = 1_000;
  private static final int BATCHES = 8;
  private static final float INK = 0.19f; // of MNIST's pixels

  private final EngineProvider provider;
  private final EngineSettings settings;
  private final Thread thread;
  private volatile boolean ended;

  private Practice(EngineProvider provider, EngineSettings settings) {
    this.provider = provider;
    this.settings = settings;
    thread = Thread.ofPlatform().daemon().name("practice").unstarted(this::run);
  }

  /** Begins; close it when the training can begin. */
  public static Practice start(EngineProvider provider, EngineSettings settings) {
    Practice practice = new Practice(provider, settings);
    if (provider.isJava()
        && Runtime.getRuntime().availableProcessors() > 1
        && settings.network().parameterCount() <= MOST_PARAMETERS
        && settings.batchSize() <= MOST_ROWS) {
      practice.thread.start();
    }
    return practice;
  }

  private void run() {
    try (Engine engine = provider.create(settings, 1)) {
      engine.load(new Parameters(settings.network()));
      int rows = settings.batchSize();
      Images images = noise(BATCHES * rows);
      int[] numbers = new int[images.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      Batch batch = new Batch();
      for (int i = 0; !ended; i = (i + 1) % BATCHES) {
        var _ = engine.step(batch.select(images, numbers, i * rows, rows), 0);
      }
    } catch (RuntimeException e) { // the training will run into the same and say so
      LOG.info("No practice before the training: {}", e.getMessage());
    }
  }

  private Images noise(int count) {
    Rng rng = Rng.named(settings.seed(), "practice");
    int inputs = settings.network().inputs();
    byte[] pixels = new byte[count * inputs];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = rng.nextFloat() < INK ? (byte) (1 + rng.nextInt(255)) : 0;
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) rng.nextInt(settings.network().outputs());
    }
    return Images.of(inputs, pixels, labels);
  }

  /** Ends it; returns at once, the last step may still run for a moment. */
  @Override
  public void close() {
    ended = true;
  }
}
