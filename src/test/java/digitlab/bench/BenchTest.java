package digitlab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.engine.Engines;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTest {
  @Test
  void spreadIsReadBetweenTheMeasurements() {
    assertEquals(new Spread(3, 1.4, 4.6), Spread.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0)));
    assertEquals(new Spread(7, 7, 7), Spread.of(List.of(7.0)));
  }

  @Test
  void networksAreNamedByTheirShape() {
    assertEquals(BenchNetwork.ALL, BenchNetwork.named(List.of("all")));
    BenchNetwork second = BenchNetwork.named(List.of("784-30-10")).getFirst();
    assertEquals("784 → 30 sigmoid → 10 sigmoid", second.plan().network().toString());
    assertEquals(10, second.plan().batch());
    String message = Refusal.of(() -> BenchNetwork.named(List.of("784-31-10")));
    assertTrue(message.contains("784-31-10") && message.contains("784-1024-1024-10"), message);
  }

  /** The other process, talked to in this one. */
  @Test
  void aWorkerTrainsPredictsAndTestsWhenAsked() throws IOException {
    DataPair data =
        new DataPair(
            new StrokeGenerator(1).dataset(2000),
            new StrokeGenerator(2).dataset(200),
            Message.of("data.pen-digits"));
    List<String> answers = new ArrayList<>();
    String questions = "net 784-30-10\ntrain 20\nall 1\none 1\nepochs 3\nnet 784-16-16-10\n";
    try (BenchWorker worker =
        new BenchWorker(Engines.all().named("reference"), 1, data, answers::add)) {
      worker.serve(new BufferedReader(new StringReader(questions)));
    }
    assertEquals(7, answers.size());
    assertEquals("= ready", answers.get(0));
    assertEquals("= ready", answers.get(1));
    assertTrue(answers.get(2).matches("= \\d+0 \\d{8,}"), "whole batches, 20 ms: " + answers);
    assertTrue(answers.get(3).matches("= \\d+00 \\d{7,}"), answers.get(3));
    assertTrue(answers.get(4).matches("= \\d+ \\d{7,}"), answers.get(4));
    assertTrue(Double.parseDouble(answers.get(5).substring(2)) > 0.5, answers.get(5));
    assertEquals("= ready", answers.get(6));
  }

  @Test
  void aWorkerThatEndsIsNamedWithItsLastWords() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    WorkerProcess.Command command = (_, _) -> List.of(java, "--version");
    IOException e =
        assertThrows(IOException.class, () -> new WorkerProcess("abacus", 1, command).close());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("The engine abacus ended"), message);
    assertTrue(message.contains("Runtime"), message);
  }

  @Test
  void accuraciesMayDifferByALittle() {
    assertTrue(result(0.95, 0.952).agree(0.003));
    assertEquals(false, result(0.95, 0.954).agree(0.003));
  }

  private static Bench.Result result(double one, double other) {
    return new Bench.Result(
        BenchNetwork.ALL.getFirst(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of("one", one, "other", other));
  }
}
