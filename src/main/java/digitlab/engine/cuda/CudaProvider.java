package digitlab.engine.cuda;

import digitlab.engine.EngineProvider;
import digitlab.engine.EngineUnavailableException;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.text.Message;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training on the NVIDIA GPU that has most memory free. Whether there is one is found out when it
 * is first asked for; when it fails later, it is not used any more until the program is started
 * again. Thread-safe.
 */
public final class CudaProvider implements EngineProvider {
  /** Another driver than NVIDIA's, for tests: the path of a library. */
  public static final String DRIVER_PROPERTY = "digitlab.cuda.driver";

  private static final Logger LOG = LoggerFactory.getLogger(CudaProvider.class);
  private static final String NAME = "cuda";

  /** Each has a thread that gathers its steps, and the data in the program's memory. */
  private static final int MOST_AT_ONCE = 32;

  private final List<String> libraries;
  private final Placement placement;
  private final LongSupplier clock;
  private @Nullable Driver driver; // all three: once it was looked for
  private @Nullable Card card;
  private @Nullable Message obstacle;
  private @Nullable Fleet fleet; // while something trains

  public CudaProvider() {
    this(libraries(), Placement.AUTO, System::nanoTime);
  }

  /**
   * @param libraries the driver is the first of these that is there
   * @param clock in nanoseconds: the engine looks at it to see how many steps a launch should take
   */
  CudaProvider(List<String> libraries, Placement placement, LongSupplier clock) {
    this.libraries = List.copyOf(libraries);
    this.placement = placement;
    this.clock = clock;
  }

  static List<String> libraries() {
    String other = System.getProperty(DRIVER_PROPERTY);
    return other == null ? Driver.LIBRARIES : List.of(other);
  }

  static EngineUnavailableException unavailable(Message obstacle) {
    return new EngineUnavailableException(NAME, obstacle);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized @Nullable Message obstacle() {
    if (card == null && obstacle == null) {
      try {
        Driver opened = Driver.open(libraries);
        Card found = opened.card();
        driver = opened;
        card = found;
        obstacle = tryOut(opened, found, clock);
      } catch (EngineUnavailableException e) {
        obstacle = e.obstacle();
      } catch (CudaException e) {
        obstacle = e.reason();
      }
    }
    return obstacle;
  }

  /** Why the kernels don't run on this card; null if they do. */
  private static @Nullable Message tryOut(Driver driver, Card card, LongSupplier clock) {
    if (card.capability() < Card.OLDEST) {
      return Message.of(
          "engine.cuda.old-card",
          card.name(),
          card.capabilityText(),
          Card.OLDEST / 10 + "." + Card.OLDEST % 10);
    }
    try (Session session = new Session(driver, card, clock)) {
      Kernels _ = new Kernels(session, session.aside());
      return null;
    } catch (CudaException e) {
      return e.isOutOfMemory()
          ? e.reason()
          : Message.of(
              "engine.cuda.kernels",
              card.name(),
              card.capabilityText(),
              card.driverVersion(),
              String.valueOf(e.getMessage()));
    }
  }

  private synchronized void fault(CudaException fault) {
    if (obstacle == null && card != null) {
      LOG.warn("{} can't be used any more", card.name(), fault);
      obstacle = Message.of("engine.cuda.lost", card.name(), String.valueOf(fault.getMessage()));
    }
  }

  @Override
  public synchronized Message description() {
    Message why = obstacle();
    return card == null
        ? why == null ? Message.of("engine.cuda.no-card") : why
        : Message.of("engine.cuda", card.name(), card.gigabytes(), card.driverVersion());
  }

  /** One waits for the card. */
  @Override
  public int threads(EngineSettings settings, int most) {
    return 1;
  }

  /** A network of one block leaves the others to those beside it. */
  @Override
  public int atOnce(EngineSettings settings, int usual) {
    Card found = obstacle() == null ? card() : null;
    return found != null && placement.isOneBlock(settings, found)
        ? Math.max(usual, MOST_AT_ONCE)
        : usual;
  }

  private synchronized @Nullable Card card() {
    return card;
  }

  /** It shares the card, and launches where it can, with all engines that there are. */
  @Override
  public Engine create(EngineSettings settings, int mostThreads) {
    Fleet joined = join();
    try {
      return CudaEngine.in(joined, settings, placement, this::fault, () -> leave(joined));
    } catch (RuntimeException e) {
      leave(joined);
      throw e;
    }
  }

  private synchronized Fleet join() {
    Opened opened = opened();
    Fleet there = fleet;
    if (there == null || there.isBroken()) {
      there = new Fleet(new Session(opened.driver, opened.card, clock));
      fleet = there;
    }
    there.enter();
    return there;
  }

  private void leave(Fleet left) {
    if (isEmptied(left)) {
      left.close();
    }
  }

  private synchronized boolean isEmptied(Fleet left) {
    boolean empty = left.leave();
    if (empty && fleet == left) {
      fleet = null;
    }
    return empty;
  }

  private record Opened(Driver driver, Card card) {}

  private synchronized Opened opened() {
    Message why = obstacle();
    if (why != null || driver == null || card == null) {
      throw unavailable(why == null ? Message.of("engine.cuda.no-card") : why);
    }
    return new Opened(driver, card);
  }
}
