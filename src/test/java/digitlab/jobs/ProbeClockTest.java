package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProbeClockTest {
  private static final long SECOND = 1_000_000_000;

  /** How many looks of {@code cost} there are in so many seconds, asked for each millisecond. */
  private static int looks(int seconds, long cost) {
    ProbeClock clock = new ProbeClock(0);
    int looks = 0;
    for (long now = 0; now < seconds * SECOND; now += 1_000_000) {
      if (clock.isDue(now)) {
        clock.looked(now, now + cost);
        looks++;
      }
    }
    return looks;
  }

  @Test
  void manyTimesASecondAtFirst() {
    assertEquals(200, looks(10, 1_000_000), 8);
  }

  @Test
  void neverMoreThanAFortiethOfTheTime() {
    long cost = SECOND / 5;
    assertTrue(looks(100, cost) * cost <= 100 * SECOND / 40 + cost);
  }

  @Test
  void anHourGivesNoMoreThanAScreenCanShow() {
    int looks = looks(3600, 1_000_000);
    assertTrue(looks > 1500 && looks < 3000, "looks: " + looks);
  }
}
