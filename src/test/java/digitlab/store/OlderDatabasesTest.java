package digitlab.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.experiment.Experiment;
import digitlab.experiment.RunStatus;
import digitlab.testing.Databases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A database of each earlier Digit Lab opens, with what was in it. */
class OlderDatabasesTest {
  private static final String V1 = "V1__experiments.sql";
  private static final String V2 = "V2__engine_description.sql";
  private static final String V3 = "V3__checkpoints_and_sweeps.sql";
  private static final String V4 = "V4__probes.sql";
  private static final String V5 = "V5__lists_boards_data.sql";

  /** What there was at a time; 5 came before 3 and 4. */
  private static final List<List<String>> STATES =
      List.of(
          List.of(V1),
          List.of(V1, V2),
          List.of(V1, V2, V5),
          List.of(V1, V2, V3, V5),
          List.of(V1, V2, V3, V4, V5));

  @TempDir private Path scripts;

  static Stream<Arguments> databasesAndStates() {
    return Stream.of(Databases.values())
        .flatMap(kind -> STATES.stream().map(state -> Arguments.of(kind, state)));
  }

  @ParameterizedTest
  @MethodSource("databasesAndStates")
  void opens(Databases kind, List<String> state) throws IOException {
    String url = kind.newUrl();
    String user = kind == Databases.H2 ? "sa" : null;
    for (String script : state) {
      try (InputStream in =
          Objects.requireNonNull(Database.class.getResourceAsStream("/db/migration/" + script))) {
        Files.copy(in, scripts.resolve(script));
      }
    }
    Flyway.configure()
        .dataSource(url, user, user == null ? null : "")
        .locations("filesystem:" + scripts)
        .load()
        .migrate();
    (user == null ? Jdbi.create(url) : Jdbi.create(url, user, ""))
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into experiment (name, plan, created) values ('kept', 'epochs 3', current_timestamp)");
              handle.execute(
                  """
                  insert into run (experiment_id, status, steps, all_steps, epochs, seconds, samples_per_second, queued, owner, heartbeat)
                  select id, 'INTERRUPTED', 5, 9, 1, 2.5, 100, current_timestamp, 'old', current_timestamp from experiment
                  """);
            });
    try (Database database = Database.open(url)) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      Experiment kept = store.list().getFirst();
      assertEquals("kept", kept.name());
      assertEquals(3, kept.plan().epochs());
      assertEquals(RunStatus.INTERRUPTED, Objects.requireNonNull(kept.run()).status());
      assertTrue(store.history(kept.run().id()).epochs().isEmpty());
    }
    Database.open(url).close();
  }
}
