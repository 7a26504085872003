package digitlab.store;

import digitlab.experiment.RunHistory;
import digitlab.train.Curve;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/** The curves of a run thinned out, as table run_curve has them: both of the same steps. */
record ThinCurves(Curve.Part loss, Curve.Part accuracy) {
  static ThinCurves of(RunHistory history) {
    return new ThinCurves(history.loss(0, 0), history.accuracy(0, 0));
  }

  static ThinCurves read(ResultSet row) throws SQLException {
    int width = row.getInt("width");
    return new ThinCurves(
        part(width, Numbers.toFloats(row.getBytes("loss"))),
        part(width, Numbers.toFloats(row.getBytes("accuracy"))));
  }

  private static Curve.Part part(int width, float[] values) {
    int buckets = values.length / 3;
    return new Curve.Part(
        width,
        0,
        Arrays.copyOf(values, buckets),
        Arrays.copyOfRange(values, buckets, 2 * buckets),
        Arrays.copyOfRange(values, 2 * buckets, 3 * buckets));
  }

  private static byte[] bytes(Curve.Part part) {
    int buckets = part.mean().length;
    float[] values = Arrays.copyOf(part.mean(), 3 * buckets);
    System.arraycopy(part.least(), 0, values, buckets, buckets);
    System.arraycopy(part.most(), 0, values, 2 * buckets, buckets);
    return Numbers.toBytes(values);
  }

  long lastStep() {
    return loss.lastStep();
  }

  void write(Handle handle, long run) {
    handle.createUpdate("delete from run_curve where run_id = :run").bind("run", run).execute();
    handle
        .createUpdate(
            "insert into run_curve (run_id, last_step, width, loss, accuracy) values (:run, :last,"
                + " :width, :loss, :accuracy)")
        .bind("run", run)
        .bind("last", lastStep())
        .bind("width", loss.width())
        .bind("loss", bytes(loss))
        .bind("accuracy", bytes(accuracy))
        .execute();
  }
}
