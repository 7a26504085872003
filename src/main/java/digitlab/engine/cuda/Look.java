package digitlab.engine.cuda;

import digitlab.engine.cuda.Description.Kind;
import digitlab.engine.cuda.Group.How;
import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.net.Batch;
import digitlab.net.StepResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Looking at a network on the card, which changes nothing in it: predictions and gradients. */
final class Look {
  private final Fleet fleet;
  private final Session session;
  private final Description description;
  private final Pace nobody = new Pace();
  private Group group;
  private @Nullable DeviceMemory outputs;

  /**
   * @param session where it takes its memory
   * @param rows images that are looked at together
   */
  Look(Fleet fleet, Session session, Description description, int rows) {
    this.fleet = fleet;
    this.session = session;
    this.description = description;
    group = newGroup(rows);
  }

  private Group newGroup(int rows) {
    return new Group(fleet, session, description.imageStride(), rows);
  }

  /** Takes memory for so many images together. */
  void growTo(int rows) {
    group.close();
    group = newGroup(rows);
  }

  /** Leaves the gradient of the mean loss in the card's memory. */
  void differentiate(Batch batch) {
    group.add(batch, 0, batch.rows(), How.look(0));
    look(Kind.DIFFERENTIATE);
    group.clear();
  }

  private void look(Kind kind) {
    fleet.launch(group, description.with(kind), null, nobody);
    fleet.await(group);
  }

  /**
   * Writes (rows, outputs) predictions, in pieces.
   *
   * @param piece how many rows of a batch the network has memory for
   */
  StepResult predict(Batch batch, int piece, float[] into) {
    Tally tally = new Tally();
    int classes = description.settings().network().outputs();
    DeviceMemory memory = outputs((long) batch.rows() * classes * Float.BYTES);
    for (int from = 0; from < batch.rows(); from += piece) {
      int rows = Math.min(piece, batch.rows() - from);
      if (!group.hasRoom(batch, rows)) {
        tally.count();
      }
      group.add(
          batch, from, rows, How.look(memory.address() + (long) from * classes * Float.BYTES));
    }
    tally.count();
    read(memory, into, batch.rows() * classes);
    return new StepResult((float) (tally.loss / batch.rows()), tally.correct);
  }

  /** What predictions came to. */
  private final class Tally {
    private double loss; // the sum
    private int correct;

    void count() {
      look(Kind.PREDICT);
      for (int step = 0; step < group.steps(); step++) {
        loss += (double) group.result(step).loss() * group.rows(step);
        correct += group.result(step).correct();
      }
      group.clear();
    }
  }

  private DeviceMemory outputs(long bytes) {
    DeviceMemory there = outputs;
    if (there == null || there.bytes() < bytes) {
      if (there != null) {
        there.close();
      }
      there = session.allocate(bytes);
      outputs = there;
    }
    return there;
  }

  private void read(DeviceMemory from, float[] into, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_FLOAT, count);
      from.read(0, numbers);
      session.await();
      MemorySegment.copy(numbers, ValueLayout.JAVA_FLOAT, 0, into, 0, count);
    }
  }

  /** Forgets everything; nothing may be under way any more. */
  void clear() {
    fleet.drop(group);
    group.clear();
  }
}
