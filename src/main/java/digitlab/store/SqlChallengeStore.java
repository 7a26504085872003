package digitlab.store;

import digitlab.experiment.Challenge;
import digitlab.experiment.ChallengeStore;
import digitlab.train.PlanText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Challenges in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlChallengeStore implements ChallengeStore {
  private static final String SELECT = "select id, name, created, revealed from challenge";

  /** Of the newest run of the experiment of entry n. */
  private static final String VALIDATION =
      """
      (select p.validation_accuracy from run_epoch p
       where p.run_id = (select max(id) from run where experiment_id = n.experiment_id)
       order by p.epoch desc fetch first 1 rows only)
      """;

  private final Jdbi jdbi;

  public SqlChallengeStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public long create(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("insert into challenge (name, created) values (:name, :now)")
                .bind("name", name)
                .bind("now", SqlExperimentStore.now())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(long.class)
                .one());
  }

  @Override
  public List<Challenge> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " order by id desc")
                .map((row, _) -> challenge(row))
                .list());
  }

  @Override
  public Optional<Challenge> find(long challenge) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " where id = :id")
                .bind("id", challenge)
                .map((row, _) -> challenge(row))
                .findOne());
  }

  private static Challenge challenge(ResultSet row) throws SQLException {
    OffsetDateTime revealed = row.getObject("revealed", OffsetDateTime.class);
    return new Challenge(
        row.getLong("id"),
        row.getString("name"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        revealed == null ? null : revealed.toInstant());
  }

  @Override
  public Optional<Challenge> hiding(long experiment) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                           c where c.revealed is null and exists (
                            select 1 from challenge_entry n where n.challenge_id = c.id and n.experiment_id = :experiment)
                          order by c.id fetch first 1 rows only
                          """)
                .bind("experiment", experiment)
                .map((row, _) -> challenge(row))
                .findOne());
  }

  @Override
  public void enter(long challenge, long experiment) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into challenge_entry (challenge_id, experiment_id)
                    select c.id, e.id from challenge c, experiment e
                    where c.id = :challenge and c.revealed is null and e.id = :experiment
                      and not exists (select 1 from challenge_entry n where n.challenge_id = c.id and n.experiment_id = e.id)
                    """)
                .bind("challenge", challenge)
                .bind("experiment", experiment)
                .execute());
  }

  @Override
  public void withdraw(long challenge, long experiment) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from challenge_entry where challenge_id = :challenge and experiment_id = :experiment
                      and exists (select 1 from challenge c where c.id = :challenge and c.revealed is null)
                    """)
                .bind("challenge", challenge)
                .bind("experiment", experiment)
                .execute());
  }

  @Override
  public List<Challenge.Entry> board(long challenge) {
    String validation =
        "case when c.revealed is null then " + VALIDATION + " else n.validation_accuracy end";
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select e.id, e.name, e.plan, n.test_accuracy, "
                        + validation
                        + " as validation from challenge_entry n"
                        + " join challenge c on c.id = n.challenge_id"
                        + " join experiment e on e.id = n.experiment_id"
                        + " where n.challenge_id = :id and e.deleted is null"
                        + " order by validation desc nulls last, e.id")
                .bind("id", challenge)
                .map((row, _) -> entry(row))
                .list());
  }

  private static Challenge.Entry entry(ResultSet row) throws SQLException {
    return new Challenge.Entry(
        row.getLong("id"),
        row.getString("name"),
        PlanText.parse(row.getString("plan")).network().toString(),
        row.getObject("validation", Double.class),
        row.getObject("test_accuracy", Double.class));
  }

  @Override
  public boolean reveal(long challenge) {
    return jdbi.inTransaction(
        handle -> {
          int revealed =
              handle
                  .createUpdate(
                      "update challenge set revealed = :now where id = :id and revealed is null")
                  .bind("now", SqlExperimentStore.now())
                  .bind("id", challenge)
                  .execute();
          if (revealed == 1) {
            handle
                .createUpdate(
                    "update challenge_entry n set validation_accuracy = "
                        + VALIDATION
                        + ", test_accuracy = (select r.test_accuracy from run r"
                        + " where r.id = (select max(id) from run where experiment_id = n.experiment_id))"
                        + " where n.challenge_id = :id")
                .bind("id", challenge)
                .execute();
          }
          return revealed == 1;
        });
  }

  @Override
  public void delete(long challenge) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from challenge where id = :id")
                .bind("id", challenge)
                .execute());
  }
}
