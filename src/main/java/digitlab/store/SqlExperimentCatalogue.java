package digitlab.store;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.ExperimentCatalogue;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Marks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * Looking for experiments in SQL that H2 and PostgreSQL both understand: filtered, ordered and cut
 * into pages by the database. Thread-safe.
 */
public final class SqlExperimentCatalogue implements ExperimentCatalogue {
  private static final String SELECT =
      "select "
          + SqlExperimentStore.COLUMNS
          + """
          , e.notes, e.favourite, e.archived,
          (select p.validation_accuracy from run_epoch p where p.run_id = r.id
           order by p.epoch desc fetch first 1 rows only) as validation
          """;

  private static final String NEWEST_RUN =
      """
      from experiment e
      left join run r on r.id = (select max(id) from run where experiment_id = e.id)
      where e.deleted is null
      """;

  private final Jdbi jdbi;

  public SqlExperimentCatalogue(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public List<ListedExperiment> page(ExperimentQuery query, int offset, int limit) {
    return jdbi.withHandle(
        handle -> {
          Query page =
              handle
                  .createQuery(
                      SELECT
                          + NEWEST_RUN
                          + where(query)
                          + orderBy(query)
                          + " offset :offset rows fetch next :limit rows only")
                  .bind("offset", offset)
                  .bind("limit", limit);
          return read(handle, bind(page, query));
        });
  }

  @Override
  public int count(ExperimentQuery query) {
    return jdbi.withHandle(
        handle ->
            bind(handle.createQuery("select count(*) " + NEWEST_RUN + where(query)), query)
                .mapTo(int.class)
                .one());
  }

  @Override
  public Optional<ListedExperiment> find(long experiment) {
    return jdbi.withHandle(
        handle ->
            read(
                    handle,
                    handle
                        .createQuery(SELECT + NEWEST_RUN + " and e.id = :id")
                        .bind("id", experiment))
                .stream()
                .findFirst());
  }

  @Override
  public List<ListedExperiment> withRuns(Collection<Long> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    Map<Long, ListedExperiment> found = new HashMap<>();
    jdbi.useHandle(
        handle ->
            read(
                    handle,
                    handle
                        .createQuery(
                            SELECT
                                + " from run r join experiment e on e.id = r.experiment_id"
                                + " where e.deleted is null and r.id in (<runs>)")
                        .bindList("runs", List.copyOf(runs)))
                .forEach(
                    listed ->
                        found.put(Objects.requireNonNull(listed.experiment().run()).id(), listed)));
    return runs.stream().distinct().map(found::get).filter(Objects::nonNull).toList();
  }

  private static String where(ExperimentQuery query) {
    String text =
        query.text().isBlank()
            ? ""
            : """
               and (lower(e.name) like :text escape '!' or lower(e.plan) like :text escape '!'
                    or lower(e.notes) like :text escape '!'
                    or exists (select 1 from experiment_tag t where t.experiment_id = e.id and lower(t.tag) like :text escape '!'))
              """;
    String tag =
        query.tag() == null
            ? ""
            : " and exists (select 1 from experiment_tag t where t.experiment_id = e.id and t.tag = :tag)";
    return text
        + tag
        + switch (query.show()) {
          case ALL -> " and not e.archived";
          case FAVOURITES -> " and not e.archived and e.favourite";
          case GOING ->
              " and not e.archived and r.id is not null and r.finished is null and r.status <> 'INTERRUPTED'";
          case DONE -> " and not e.archived and r.status = 'DONE'";
          case ENDED_EARLY ->
              " and not e.archived and r.status in ('FAILED', 'STOPPED', 'INTERRUPTED')";
          case NEW -> " and not e.archived and r.id is null";
          case ARCHIVED -> " and e.archived";
        };
  }

  private static Query bind(Query statement, ExperimentQuery query) {
    if (!query.text().isBlank()) {
      String text = query.text().strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
      statement.bind("text", "%" + text + "%");
    }
    if (query.tag() != null) {
      statement.bind("tag", query.tag());
    }
    return statement;
  }

  private static String orderBy(ExperimentQuery query) {
    String sealedLast =
        """
        case when exists (select 1 from challenge_entry entered join challenge c on c.id = entered.challenge_id
                          where entered.experiment_id = e.id and c.revealed is null)
             then null else r.test_accuracy end
        """;
    String by =
        switch (query.order()) {
          case NAME -> "lower(e.name)";
          case STATUS -> "r.status";
          case VALIDATION -> "validation";
          case TEST -> sealedLast;
          case DURATION -> "r.seconds";
          case CREATED -> "e.id";
        };
    return " order by " + by + (query.descending() ? " desc" : " asc") + " nulls last, e.id desc";
  }

  private static List<ListedExperiment> read(Handle handle, Query query) {
    List<ListedExperiment> rows = query.map((row, _) -> listed(row)).list();
    Map<Long, List<String>> tags = tags(handle, rows);
    return rows.stream()
        .map(
            row -> {
              Marks marks = row.marks();
              List<String> own = tags.getOrDefault(row.id(), List.of());
              return new ListedExperiment(
                  row.experiment(),
                  marks.describedAs(own, marks.notes()),
                  row.validation(),
                  row.sealed());
            })
        .toList();
  }

  private static ListedExperiment listed(ResultSet row) throws SQLException {
    return new ListedExperiment(
        Rows.experiment(row),
        new Marks(
            List.of(),
            row.getString("notes"),
            row.getBoolean("favourite"),
            row.getBoolean("archived")),
        row.getObject("validation", Double.class),
        row.getBoolean("sealed"));
  }

  private static Map<Long, List<String>> tags(Handle handle, List<ListedExperiment> rows) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<String>> tags = new HashMap<>();
    handle
        .createQuery("select experiment_id, tag from experiment_tag where experiment_id in (<ids>)")
        .bindList("ids", rows.stream().map(ListedExperiment::id).distinct().toList())
        .map((row, _) -> Map.entry(row.getLong("experiment_id"), row.getString("tag")))
        .forEach(
            entry ->
                tags.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    return tags;
  }

  @Override
  public Map<Long, List<EpochRecord>> epochs(Collection<Long> runs) {
    Map<Long, List<EpochRecord>> epochs = new HashMap<>();
    if (!runs.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("select * from run_epoch where run_id in (<runs>) order by epoch")
                  .bindList("runs", List.copyOf(runs))
                  .map((row, _) -> Map.entry(row.getLong("run_id"), Rows.epoch(row)))
                  .forEach(
                      entry ->
                          epochs
                              .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                              .add(entry.getValue())));
    }
    return epochs;
  }

  @Override
  public List<String> tags() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct t.tag from experiment_tag t join experiment e on e.id = t.experiment_id
                    where e.deleted is null order by t.tag
                    """)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void mark(long experiment, Marks marks) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "update experiment set notes = :notes, favourite = :favourite, archived = :archived where id = :id")
              .bind("notes", marks.notes())
              .bind("favourite", marks.favourite())
              .bind("archived", marks.archived())
              .bind("id", experiment)
              .execute();
          handle
              .createUpdate("delete from experiment_tag where experiment_id = :id")
              .bind("id", experiment)
              .execute();
          if (!marks.tags().isEmpty()) {
            PreparedBatch batch =
                handle.prepareBatch(
                    "insert into experiment_tag (experiment_id, tag) values (:id, :tag)");
            marks.tags().forEach(tag -> batch.bind("id", experiment).bind("tag", tag).add());
            batch.execute();
          }
        });
  }

  @Override
  public void rename(long experiment, String name) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update experiment set name = :name where id = :id")
                .bind("name", name)
                .bind("id", experiment)
                .execute());
  }
}
