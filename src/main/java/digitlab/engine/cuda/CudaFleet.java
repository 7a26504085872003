package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.engine.cuda.Session.HostMemory;
import digitlab.engine.cuda.Session.Mark;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several networks on one card, which share their images and are trained side by side: groups of
 * steps of those that fit into one block are gathered until each network has one, and then launched
 * together, a block each. The engines are used as any other, all by one thread; best in turns, a
 * step of each.
 */
public final class CudaFleet implements AutoCloseable {
  private final Session session;
  private final List<Engine> engines = new ArrayList<>();

  /** One engine for each of the settings. */
  CudaFleet(
      List<EngineSettings> settings,
      Session session,
      Placement placement,
      Consumer<CudaException> onFault) {
    this.session = session;
    try {
      ImageMemory images = new ImageMemory(session, settings.getFirst().network().inputs());
      Pace pace = new Pace();
      Launcher launcher = new Together(session, settings.size());
      for (EngineSettings one : settings) {
        if (one.network().inputs() != settings.getFirst().network().inputs()) {
          throw new IllegalArgumentException(
              "The networks read "
                  + settings.getFirst().network().inputs()
                  + " and "
                  + one.network().inputs()
                  + " inputs; networks that train together read the same images.");
        }
        engines.add(
            new CudaEngine(one, session, images, launcher, pace, placement, onFault, () -> {}));
      }
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * The engines, in the order of their settings. Closing one does nothing; they live as long as the
   * fleet.
   */
  public List<Engine> engines() {
    return List.copyOf(engines);
  }

  /** Waits for what is under way and gives all memory back, also after a fault. */
  @Override
  public void close() {
    session.close();
  }

  /** Launches groups of several networks at once. */
  private static final class Together implements Launcher {
    private final Session session;
    private final int most;
    private final Deque<JobList> lists =
        new ArrayDeque<>(); // the one that was used last comes last
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(Group group, Description description, Room room) {}

    /** Where the jobs of a launch are, on its way to the card and there. */
    private record JobList(HostMemory host, DeviceMemory device, Mark written) {}

    Together(Session session, int most) {
      this.session = session;
      this.most = most;
      for (int i = 0; i < 2; i++) {
        long bytes = (long) most * Long.BYTES;
        lists.add(
            new JobList(session.allocateHost(bytes), session.allocate(bytes), session.mark()));
      }
    }

    @Override
    public void launch(Group group, Description description, Way way) {
      if (waiting.stream().anyMatch(one -> one.description.equals(description))) {
        flush(); // its steps come one after the other
      }
      if (way.room() == null) {
        AT_ONCE.launch(group, description, way);
        return;
      }
      waiting.add(new Waiting(group, description, way.room()));
      if (waiting.size() == most) {
        flush();
      }
    }

    @Override
    public void flush() {
      if (waiting.isEmpty()) {
        return;
      }
      JobList list = lists.remove();
      list.written.await(); // its last launch may not have begun yet
      lists.add(list);
      Struct pointers = new Struct(list.host.segment(), 0);
      Room largest = waiting.getFirst().room;
      for (Waiting one : waiting) {
        one.group.send(one.description.job(one.room));
        pointers.wide(one.group.job());
        largest = one.room.bytes() > largest.bytes() ? one.room : largest;
      }
      list.device.write(0, list.host.segment().asSlice(0, (long) waiting.size() * Long.BYTES));
      list.written.set();
      Kernels.resident(session, largest).launch(waiting.size(), list.device.address());
      waiting.forEach(one -> one.group.fetch());
      waiting.clear();
    }
  }
}
