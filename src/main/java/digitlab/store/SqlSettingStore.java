package digitlab.store;

import digitlab.account.SettingStore;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Settings in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlSettingStore implements SettingStore {
  private final Jdbi jdbi;

  public SqlSettingStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public Optional<String> get(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select content from setting where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void put(String name, String content) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate("delete from setting where name = :name")
              .bind("name", name)
              .execute();
          handle
              .createUpdate("insert into setting (name, content) values (:name, :content)")
              .bind("name", name)
              .bind("content", content)
              .execute();
        });
  }
}
