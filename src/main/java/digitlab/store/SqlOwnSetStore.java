package digitlab.store;

import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import digitlab.datasets.OwnSet;
import digitlab.datasets.OwnSetStore;
import digitlab.text.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Jdbi;

/** Data sets in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlOwnSetStore implements OwnSetStore {
  private static final String FACTS =
      "select name, created, width, height, classes, training, test from data_set";

  private final Jdbi jdbi;

  public SqlOwnSetStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public List<OwnSet> list() {
    return jdbi.withHandle(
        handle -> handle.createQuery(FACTS + " order by name").map((row, _) -> facts(row)).list());
  }

  @Override
  public Optional<OwnSet> find(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FACTS + " where name = :name")
                .bind("name", name)
                .map((row, _) -> facts(row))
                .findOne());
  }

  private static OwnSet facts(ResultSet row) throws SQLException {
    return new OwnSet(
        row.getString("name"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getInt("width"),
        row.getInt("height"),
        row.getInt("classes"),
        row.getInt("training"),
        row.getInt("test"));
  }

  @Override
  public Optional<DataPair> read(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from data_set where name = :name")
                .bind("name", name)
                .map((row, _) -> pair(row))
                .findOne());
  }

  private static DataPair pair(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new DataPair(
        dataset(row, "training"), dataset(row, "test"), Message.of("data.own", name));
  }

  private static Dataset dataset(ResultSet row, String part) throws SQLException {
    int width = row.getInt("width");
    int height = row.getInt("height");
    byte[] labels = row.getBytes(part + "_labels");
    byte[] pixels = unpacked(row.getBytes(part + "_pixels"), labels.length * width * height);
    return new Dataset(row.getString("name"), width, height, row.getInt("classes"), pixels, labels);
  }

  @Override
  public boolean save(String name, DataPair data) {
    Dataset training = data.training();
    Dataset test = data.test();
    int rows =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into data_set (name, created, width, height, classes, training, test,
                          training_pixels, training_labels, test_pixels, test_labels)
                        select :name, :created, :width, :height, :classes, :training, :test,
                          :trainingPixels, :trainingLabels, :testPixels, :testLabels
                        where not exists (select 1 from data_set where name = :name)
                        """)
                    .bind("name", name)
                    .bind("created", SqlExperimentStore.now())
                    .bind("width", training.width())
                    .bind("height", training.height())
                    .bind("classes", training.classes())
                    .bind("training", training.size())
                    .bind("test", test.size())
                    .bind("trainingPixels", packed(training.images().pixels()))
                    .bind("trainingLabels", training.images().labels())
                    .bind("testPixels", packed(test.images().pixels()))
                    .bind("testLabels", test.images().labels())
                    .execute());
    return rows == 1;
  }

  @Override
  public void delete(String name) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from data_set where name = :name")
                .bind("name", name)
                .execute());
  }

  private static byte[] packed(byte[] pixels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(pixels.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
      out.write(pixels);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] unpacked(byte[] packed, int length) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
      byte[] pixels = in.readNBytes(length);
      if (pixels.length != length) {
        throw new DatabaseException(
            "A data set has " + pixels.length + " pixels; " + length + " were stored.", null);
      }
      return pixels;
    } catch (IOException e) {
      throw new DatabaseException("A data set in the database is damaged: " + e.getMessage(), e);
    }
  }
}
