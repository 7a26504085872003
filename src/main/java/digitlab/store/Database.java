package digitlab.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The database that everything is kept in: an H2 file in the home directory, or PostgreSQL.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int H2_IN_USE = 90020;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final boolean exclusive;
  private final String owner = UUID.randomUUID().toString();

  private Database(HikariDataSource pool, boolean exclusive) {
    this.pool = pool;
    this.exclusive = exclusive;
    jdbi = Jdbi.create(pool);
  }

  /** The H2 file of a home directory. */
  public static String h2Url(Path home) {
    return "jdbc:h2:file:"
        + home.toAbsolutePath().resolve("digitlab")
        + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }

  /**
   * Opens a database and brings its tables up to date.
   *
   * @param url a JDBC URL of H2 or PostgreSQL, with user and password in it where needed
   * @throws DatabaseException if it can't be opened, saying why and what to do
   */
  public static Database open(String url) {
    boolean h2 = url.startsWith("jdbc:h2:");
    if (!h2 && !url.startsWith("jdbc:postgresql:")) {
      throw new DatabaseException(
          "The database \""
              + withoutSecrets(url)
              + "\" is neither H2 nor PostgreSQL. Give a URL like jdbc:postgresql://host/digitlab?user=…&password=….",
          null);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    if (h2) {
      config.setUsername("sa");
      config.setPassword("");
    }
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(10_000);
    config.setInitializationFailTimeout(1);
    config.setPoolName("database");
    HikariDataSource pool = connect(config, url, h2);
    try {
      // numbers were given in advance: 5 was there before 3 and 4
      Flyway.configure().dataSource(pool).outOfOrder(true).load().migrate();
    } catch (FlywayException e) {
      pool.close();
      throw new DatabaseException(
          "The tables of "
              + withoutSecrets(url)
              + " could not be brought up to date: "
              + firstLine(e)
              + " Use the Digit Lab that made them, or an empty database.",
          e);
    }
    return new Database(pool, h2);
  }

  private static HikariDataSource connect(HikariConfig config, String url, boolean h2) {
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      SQLException cause = sqlCause(e);
      if (cause != null && cause.getErrorCode() == H2_IN_USE) {
        throw new DatabaseException(
            "The database "
                + withoutSecrets(url)
                + " is in use by another process. Stop the other Digit Lab, or choose another --home.",
            e);
      }
      throw new DatabaseException(
          "The database "
              + withoutSecrets(url)
              + " can't be opened: "
              + firstLine(cause == null ? e : cause)
              + (h2
                  ? " Put a copy of its file in its place, or choose another --home."
                  : " Check the address and that it runs, or leave out --db."),
          e);
    }
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage()).strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** A URL without what stands behind ? or ;: passwords are there. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("[?;].*", "");
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** This server's name in the table of runs: a new one for each start. */
  String owner() {
    return owner;
  }

  /** Whether no other process can use this database at the same time. */
  public boolean isExclusive() {
    return exclusive;
  }

  @Override
  public void close() {
    pool.close();
  }
}
