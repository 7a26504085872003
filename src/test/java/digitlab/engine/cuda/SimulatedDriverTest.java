package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.testing.SimulatedCuda;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The simulated card itself: kernels with one mistake each must be found out, right ones must not.
 */
class SimulatedDriverTest {
  @Test
  void findsEveryMistakeAndNoOther() throws IOException, InterruptedException {
    Process test =
        new ProcessBuilder(SimulatedCuda.selfTest().toString()).redirectErrorStream(true).start();
    String words = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, test.waitFor(), words);
  }
}
