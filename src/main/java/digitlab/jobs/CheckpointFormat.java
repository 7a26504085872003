package digitlab.jobs;

import digitlab.net.TrainingState;
import digitlab.text.Decimals;
import digitlab.train.Checkpoint;
import digitlab.train.TrainingPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A checkpoint as bytes, little-endian: magic and version, the plan as text, the trainer's numbers,
 * parameters and what the optimiser remembers as float32, and a checksum of all that. For this
 * program's own database: a checkpoint of another plan or a damaged one is refused.
 */
final class CheckpointFormat {
  private static final int MAGIC = 0x4B434C44; // "DLCK"
  private static final int VERSION = 1;
  private static final int CHECKSUM = Integer.BYTES;

  private CheckpointFormat() {}

  /** How many bytes a checkpoint of this plan takes, but for its text. */
  static long size(TrainingPlan plan) {
    return 4L * plan.network().parameterCount() * (1 + plan.optimizer().slots());
  }

  static byte[] write(TrainingPlan plan, Checkpoint checkpoint) {
    byte[] text = plan.toString().getBytes(StandardCharsets.UTF_8);
    TrainingState state = checkpoint.state();
    int room = Math.toIntExact(100 + text.length + size(plan));
    ByteBuffer out = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).putInt(text.length).put(text);
    out.putLong(checkpoint.steps()).putDouble(checkpoint.epochLoss());
    out.putInt(checkpoint.epochCorrect()).putDouble(checkpoint.lowestLoss());
    out.putInt(checkpoint.epochsWithoutFall()).putDouble(checkpoint.rate());
    out.put((byte) (state.isComplete() ? 1 : 0)).putLong(state.steps());
    putFloats(out, state.parameters().values());
    if (state.isComplete()) {
      for (float[] slot : state.slots()) {
        putFloats(out, slot);
      }
    }
    out.putInt(checksum(out.array(), out.position()));
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * The reverse of {@link #write}.
   *
   * @throws IllegalArgumentException if these bytes are no checkpoint of this plan
   */
  static Checkpoint read(TrainingPlan plan, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - CHECKSUM;
    if (end < 12 || in.getInt() != MAGIC || in.getInt(end) != checksum(bytes, end)) {
      throw new IllegalArgumentException(
          "The checkpoint ("
              + bytes.length
              + " bytes) is damaged: its checksum does not fit. Start the experiment again.");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "The checkpoint has version "
              + version
              + "; this Digit Lab reads "
              + VERSION
              + ". Start the experiment again.");
    }
    byte[] text = new byte[Decimals.requireRange(in.getInt(), "length of the plan", 0, end - 12)];
    in.get(text);
    if (!new String(text, StandardCharsets.UTF_8).equals(plan.toString())) {
      throw new IllegalArgumentException(
          "The checkpoint belongs to another plan. Start the experiment again.");
    }
    long steps = in.getLong();
    double epochLoss = in.getDouble();
    int epochCorrect = in.getInt();
    double lowestLoss = in.getDouble();
    int epochsWithoutFall = in.getInt();
    double rate = in.getDouble();
    boolean complete = in.get() == 1;
    long stepsOfEngine = in.getLong();
    TrainingState state = new TrainingState(plan.network(), plan.optimizer());
    getFloats(in, state.parameters().values());
    if (complete) {
      for (float[] slot : state.slots()) {
        getFloats(in, slot);
      }
      state.complete(stepsOfEngine);
    }
    return new Checkpoint(
        state, steps, epochLoss, epochCorrect, lowestLoss, epochsWithoutFall, rate);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  private static void putFloats(ByteBuffer out, float[] values) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + 4 * values.length);
  }

  private static void getFloats(ByteBuffer in, float[] values) {
    in.asFloatBuffer().get(values);
    in.position(in.position() + 4 * values.length);
  }
}
