package digitlab.engine.cuda;

import digitlab.engine.cuda.Group.How;
import digitlab.net.Batch;
import digitlab.net.Engine.Results;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one training on their way: gathered in a group, launched, and told in their order
 * when the card has done them. While it works on one group the next is gathered.
 */
final class Conveyor {
  private static final long LONGEST_GATHERING = 20_000_000; // nanoseconds

  private final Fleet fleet;
  private final Session session;
  private final Placement placement;
  private final Description description;
  private final Pace ownPace = new Pace(); // while all blocks of the card train
  private final Deque<Group> idle = new ArrayDeque<>();
  private final Deque<Group> running = new ArrayDeque<>(); // the oldest first
  private @Nullable Group gathering;
  private long gatheringSince; // nanoseconds
  private int rows;
  private @Nullable Room room; // for so many rows; null if all blocks train

  /**
   * @param session where it takes its memory
   * @param rows of the largest batch, as far as is known
   */
  Conveyor(Fleet fleet, Session session, Placement placement, Description description, int rows) {
    this.fleet = fleet;
    this.session = session;
    this.placement = placement;
    this.description = description;
    place(rows);
    idle.add(newGroup(rows));
    idle.add(newGroup(rows));
  }

  private void place(int most) {
    rows = most;
    room = description.room(placement, most, session.card());
  }

  private Group newGroup(int most) {
    return new Group(fleet, session, description.imageStride(), most);
  }

  /**
   * Takes a step on if that asks nothing of the card; the only thing that needs no {@link
   * Session#alone}, so that many trainings don't wait for each other at each step.
   */
  boolean offer(Batch batch, How how) {
    Group group = gathering;
    boolean takes =
        group != null
            && group.knows(batch)
            && group.hasRoom(batch, batch.rows())
            && !isEnough(group.steps() + 1);
    if (group != null && takes) {
      group.add(batch, 0, batch.rows(), how);
    }
    return takes;
  }

  private boolean isEnough(int steps) {
    return steps >= pace().steps() || session.now() - gatheringSince > LONGEST_GATHERING;
  }

  /** Takes a step on; may tell what came of others. */
  void add(Batch batch, How how, Results results) {
    if (batch.rows() > rows) {
      flush();
      place(batch.rows());
    }
    Group group = gathering(batch, results);
    group.add(batch, 0, batch.rows(), how);
    if (isEnough(group.steps())) {
      launch();
    }
  }

  private Pace pace() {
    return room == null ? ownPace : fleet.pace();
  }

  /** The group that has room for this batch; may wait for one. */
  private Group gathering(Batch batch, Results results) {
    if (gathering != null && !gathering.hasRoom(batch, batch.rows())) {
      launch();
    }
    Group group = gathering;
    if (group == null) {
      if (idle.isEmpty()) {
        collect(results);
      }
      group = idle.remove();
      if (!group.canHold(batch.rows())) {
        group.close();
        group = newGroup(batch.rows());
      }
      gathering = group;
      gatheringSince = session.now();
    }
    return group;
  }

  private void launch() {
    Group group = gathering;
    if (group != null) {
      gathering = null;
      running.add(group);
      fleet.launch(group, description, room, pace());
    }
  }

  /** Sees to it that all steps that were taken on are under way. */
  void flush() {
    launch();
    fleet.flush();
  }

  /** Waits for the oldest launch and tells what came of its steps. */
  private void collect(Results results) {
    Group group = running.getFirst();
    fleet.await(group);
    running.removeFirst();
    for (int step = 0; step < group.steps(); step++) {
      results.accept(group.result(step));
    }
    rest(group);
  }

  /** Waits for all steps and tells what came of them. */
  void finish(Results results) {
    launch();
    while (!running.isEmpty()) {
      collect(results);
    }
  }

  /** Forgets all steps, of which nothing may be under way any more. */
  void clear() {
    groups().forEach(fleet::drop);
    running.forEach(this::rest);
    running.clear();
    if (gathering != null) {
      rest(gathering);
      gathering = null;
    }
  }

  private Stream<Group> groups() {
    return gathering == null
        ? running.stream()
        : Stream.concat(running.stream(), Stream.of(gathering));
  }

  private void rest(Group group) {
    group.clear();
    idle.add(group);
  }
}
