package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.HostMemory;
import digitlab.engine.cuda.Session.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All networks that train on the card at the moment, each in a thread of its own or several in one.
 * They share the images, and those that fit into one block share launches, a block each: what comes
 * while the card is busy waits until it is not, and is then launched together. So the more there
 * are, the more there are in a launch; one alone never waits. What each of them learns is the same,
 * bit for bit.
 *
 * <p>Everything but coming and going is done within {@link Session#alone}.
 */
final class Fleet {
  /** Most networks in a launch. */
  static final int MOST_TOGETHER = 1024;

  private final Session session;
  private final Kernels kernels;
  private final ImageMemory images;
  private final Pace pace = new Pace(); // of those that share launches
  private final AtomicInteger members = new AtomicInteger();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Launch> launches = new ArrayList<>();
  private @Nullable Launch last; // that was shared
  private volatile @Nullable CudaException fault;
  private long lastOver; // nanoseconds

  /** A group that is to be launched; {@code room} is null if all blocks are to work on it. */
  private record Waiting(Group group, Description description, @Nullable Room room) {}

  /** Groups that the card works on at the same time; used again when all were waited for. */
  static final class Launch {
    private final HostMemory jobs; // their addresses, which the card reads here
    private final Mark over;
    private int groups; // that nobody has waited for yet
    private long since; // nanoseconds
    private int steps; // of the group that has most; 0 when the end was seen
    private Pace pace = new Pace();

    private Launch(Session session) {
      jobs = session.allocateHost((long) MOST_TOGETHER * Long.BYTES);
      over = session.mark();
    }
  }

  /** A fleet without members; the session is its own from now on. */
  Fleet(Session session) {
    this.session = session;
    try {
      kernels = new Kernels(session, session.aside());
      images = new ImageMemory(session, members::get);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  Session session() {
    return session;
  }

  Kernels kernels() {
    return kernels;
  }

  ImageMemory images() {
    return images;
  }

  /** How many steps a launch should take that is shared. */
  Pace pace() {
    return pace;
  }

  /** One more network comes. */
  void enter() {
    members.incrementAndGet();
  }

  /** A network goes. Returns whether it was the last one. */
  boolean leave() {
    return members.decrementAndGet() == 0;
  }

  /** Whether something failed, so that nobody should join any more. */
  boolean isBroken() {
    return fault != null;
  }

  /** Gives everything back; nobody may be left. */
  void close() {
    session.close();
  }

  /**
   * Takes a group that nobody changes any more until it was waited for.
   *
   * @param room where its network lies in one block; null if all blocks are to work on it
   * @param pace is told how long it took
   */
  void launch(Group group, Description description, @Nullable Room room, Pace pace) {
    checkGood();
    group.prepare();
    Waiting one = new Waiting(group, description, room);
    if (room == null) {
      Launch _ = begin(List.of(one), pace);
      return;
    }
    if (waiting.size() == MOST_TOGETHER
        || waiting.stream().anyMatch(other -> other.description.isOf(description))) {
      launchWaiting(); // its steps come one after the other
    }
    waiting.add(one);
    if (members.get() == 1 || isIdle()) {
      launchWaiting();
    }
  }

  private void checkGood() {
    CudaException failed = fault;
    if (failed != null) {
      throw failed;
    }
  }

  /** Whether no launch is going on that others could wait for. */
  private boolean isIdle() {
    return last == null || last.over.isReached();
  }

  /** Sees to it that everything that was taken is under way. */
  void flush() {
    checkGood();
    launchWaiting();
  }

  private void launchWaiting() {
    if (!waiting.isEmpty()) {
      last = begin(waiting, pace);
      waiting.clear();
    }
  }

  private Launch begin(List<Waiting> together, Pace told) {
    Launch launch = unused();
    try {
      Struct pointers = new Struct(launch.jobs.segment(), 0);
      Room largest = together.getFirst().room;
      for (Waiting one : together) {
        one.group.send(one.description.job(one.room));
        pointers.wide(one.group.job());
        if (one.room != null && largest != null && one.room.bytes() > largest.bytes()) {
          largest = one.room;
        }
        launch.steps = Math.max(launch.steps, one.group.steps());
      }
      kernels.train(together.size(), largest, launch.jobs.segment().address());
      for (Waiting one : together) {
        one.group.fetch(launch);
      }
      launch.over.set();
      launch.groups = together.size();
      launch.pace = told;
      launch.since = session.now();
      return launch;
    } catch (CudaException e) {
      fault = e; // the others' groups were in it, too
      throw e;
    }
  }

  private Launch unused() {
    for (Launch launch : launches) {
      if (launch.groups == 0) {
        return launch;
      }
    }
    Launch launch = new Launch(session);
    launches.add(launch);
    return launch;
  }

  /** Waits until the card is done with a group, and gets going what has come meanwhile. */
  void await(Group group) {
    while (true) {
      Launch own = group.launch();
      Launch next = own == null ? last : own;
      if (next == null) {
        throw new IllegalStateException("The group was never taken");
      }
      next.over.await();
      if (next.steps > 0) {
        long now = session.now();
        next.pace.took(next.steps, now - Math.max(lastOver, next.since));
        next.steps = 0;
        lastOver = now;
      }
      if (own != null) {
        own.groups--;
        break;
      }
      checkGood();
      if (isIdle()) {
        launchWaiting();
      }
    }
    if (isIdle()) {
      launchWaiting();
    }
  }

  /** Forgets a group that nobody will wait for; nothing of it may be under way. */
  void drop(Group group) {
    waiting.removeIf(one -> one.group == group);
    Launch launch = group.launch();
    if (launch != null) {
      launch.groups--;
    }
  }
}
