package digitlab.store;

import digitlab.experiment.ModelInfo;
import digitlab.experiment.ModelStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Network files in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlModelStore implements ModelStore {
  private final Jdbi jdbi;

  public SqlModelStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public void save(ModelInfo info, byte[] file) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into model (id, title, network, file, created, published)
                    select :id, :title, :network, :file, :created, false
                    where not exists (select 1 from model where id = :id)
                    """)
                .bind("id", info.id())
                .bind("title", info.title())
                .bind("network", info.network())
                .bind("file", file)
                .bind("created", SqlExperimentStore.now())
                .execute());
  }

  @Override
  public Optional<byte[]> file(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select file from model where id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne());
  }

  @Override
  public void publish(String id, boolean published) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update model set published = :published where id = :id")
                .bind("published", published)
                .bind("id", id)
                .execute());
  }

  @Override
  public boolean isPublished(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createQuery("select count(*) from model where id = :id and published")
                    .bind("id", id)
                    .mapTo(int.class)
                    .one()
                > 0);
  }

  @Override
  public List<ModelInfo> published() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, title, network from model where published order by created desc")
                .map(
                    (row, _) ->
                        new ModelInfo(
                            row.getString("id"), row.getString("title"), row.getString("network")))
                .list());
  }
}
