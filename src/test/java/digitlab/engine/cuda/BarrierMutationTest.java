package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.engine.EngineUnavailableException;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCard.Barrier;
import digitlab.testing.SimulatedCuda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Is each wait needed, and would its loss be noticed? Every barrier of the kernels and every wait
 * of the engine for the card is left out in turn, while the engine trains a few small networks: it
 * must fail each time, by a race that is found or by a number that is wrong.
 */
class BarrierMutationTest {
  private static final Path KERNELS = Path.of("src/main/cuda");
  private static final Pattern BARRIER =
      Pattern.compile("\\b(__syncthreads|__syncwarp|grid_barrier)\\(");

  /** Between a wait in the engine and the driver. */
  private static final Set<String> PASSING_ON =
      Set.of(Driver.class.getName(), Session.class.getName(), Session.Mark.class.getName());

  private static boolean isNoticed(SimulatedCard card, Exercise exercise) {
    try {
      exercise.run();
      return false;
    } catch (CudaException | EngineUnavailableException | AssertionError e) {
      return true;
    } finally {
      card.reset();
    }
  }

  @Test
  void noBarrierOfTheKernelsCanBeMissed() throws IOException {
    SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL);
    Exercise exercise = new Exercise(card);
    exercise.run();
    List<Barrier> barriers = card.barriers();
    assertEquals(
        linesWithBarriers(),
        barriers.stream()
            .map(BarrierMutationTest::line)
            .collect(Collectors.toCollection(TreeSet::new)),
        "every barrier in the text is come by");
    List<Barrier> survivors = new ArrayList<>();
    for (Barrier barrier : barriers) {
      card.leaveOut(barrier);
      if (!isNoticed(card, exercise)) {
        survivors.add(barrier);
      }
    }
    assertEquals(List.of(), survivors, "could be left out unnoticed");
  }

  /** A wait in the text is needed if it is needed at least once of all the times it is come by. */
  @Test
  void noWaitOfTheEngineCanBeMissed() {
    SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.FEW);
    Exercise exercise = new Exercise(card);
    card.leaveOutWait(0);
    exercise.run();
    int waits = card.waits();
    assertTrue(waits > 10, "only " + waits);
    Set<String> places = new TreeSet<>();
    Set<String> needed = new TreeSet<>();
    for (int wait = 1; wait <= waits; wait++) {
      String place = placeOf(wait, card, exercise);
      places.add(place);
      if (!needed.contains(place)) {
        card.leaveOutWait(wait);
        if (isNoticed(card, exercise)) {
          needed.add(place);
        }
      }
    }
    assertEquals(needed, places, "the others could be left out unnoticed");
  }

  /** Where in the engine's text the n-th wait is: found by letting it fail. */
  private static String placeOf(int wait, SimulatedCard card, Exercise exercise) {
    card.fail("wait@" + wait + "=719");
    try {
      exercise.run();
      throw new AssertionError("There is no wait " + wait);
    } catch (CudaException e) {
      return Arrays.stream(e.getStackTrace())
          .filter(frame -> !PASSING_ON.contains(frame.getClassName()))
          .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
          .findFirst()
          .orElseThrow();
    } finally {
      card.reset();
    }
  }

  /** "grid.cuh:120" of a barrier at "grid.cuh:120:5". */
  private static String line(Barrier barrier) {
    return barrier.place().substring(0, barrier.place().lastIndexOf(':'));
  }

  /** Where the text has a barrier; what portable.cuh has is for the real card. */
  private static Set<String> linesWithBarriers() throws IOException {
    Set<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(KERNELS)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".cuh") || name.equals("portable.cuh")) {
          continue;
        }
        List<String> text = Files.readAllLines(file);
        for (int i = 0; i < text.size(); i++) {
          if (BARRIER.matcher(text.get(i).replaceFirst("//.*", "")).find()) {
            lines.add(name + ":" + (i + 1));
          }
        }
      }
    }
    return lines;
  }
}
