package digitlab.store;

import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparisonStore;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons of engines, as JSON in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlEngineComparisonStore implements EngineComparisonStore {
  private final Jdbi jdbi;

  public SqlEngineComparisonStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public void save(long experiment, EngineComparison comparison) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into engine_comparison (experiment_id, finished, content)
                    values (:experiment, :finished, :content)
                    """)
                .bind("experiment", experiment)
                .bind("finished", OffsetDateTime.now(ZoneOffset.UTC))
                .bind("content", JsonMapper.shared().writeValueAsString(comparison))
                .execute());
  }

  @Override
  public Optional<EngineComparison> newest(long experiment) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select content from engine_comparison where experiment_id = :experiment
                    order by id desc fetch first 1 rows only
                    """)
                .bind("experiment", experiment)
                .mapTo(String.class)
                .findOne()
                .map(text -> JsonMapper.shared().readValue(text, EngineComparison.class)));
  }
}
