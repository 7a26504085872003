package digitlab.engine.cuda;

import digitlab.engine.EngineProvider;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import java.util.Arrays;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The engine cuda as tests want it. */
public final class CudaEngines {
  private CudaEngines() {}

  /**
   * One for each way of placing a network on a card: the card of this machine, and where there is
   * none a simulated one, with all that kernels do being checked. None where that can't be built,
   * which was said then.
   */
  public static List<EngineProvider> all() {
    if (new CudaProvider().obstacle() == null) {
      return onEachPlacement(CudaProvider.libraries());
    }
    try {
      SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL);
      return onEachPlacement(List.of(card.library().toString()));
    } catch (TestAbortedException e) {
      return List.of();
    }
  }

  private static List<EngineProvider> onEachPlacement(List<String> libraries) {
    return Arrays.stream(Placement.values())
        .map(placement -> (EngineProvider) new CudaProvider(libraries, placement, System::nanoTime))
        .toList();
  }

  /** The engine as people have it, on this card. */
  public static CudaProvider on(SimulatedCard card) {
    return new CudaProvider(List.of(card.library().toString()), Placement.AUTO, System::nanoTime);
  }

  /**
   * On the simulated card time stands still, so that it is the same steps that are launched
   * together.
   */
  static CudaProvider on(SimulatedCard card, Placement placement) {
    return on(List.of(card.library().toString()), placement);
  }

  static CudaProvider on(List<String> libraries, Placement placement) {
    return new CudaProvider(libraries, placement, () -> 0);
  }
}
