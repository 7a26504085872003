package digitlab.engine.cuda;

import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.net.DenseLayer;
import digitlab.net.Parameters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one network on the card: parameters, what the optimiser remembers of them, and for
 * each row of a batch what is between the layers.
 */
final class NetworkMemory {
  private final Session session;
  private final Parameters shape;
  private final DeviceMemory parameters;
  private final @Nullable DeviceMemory means;
  private final @Nullable DeviceMemory squares;
  private @Nullable DeviceMemory gradient; // once somebody asks for one
  private int rows;
  private Rows memory;

  /** What is there for each row of a batch: z, y, delta of all layers; loss and hit. */
  private record Rows(
      DeviceMemory z, DeviceMemory y, DeviceMemory delta, DeviceMemory losses, DeviceMemory hits) {
    static Rows of(Session session, int rows, long units) {
      long bytes = rows * units * Float.BYTES;
      return new Rows(
          session.allocate(bytes),
          session.allocate(bytes),
          session.allocate(bytes),
          session.allocate((long) rows * Float.BYTES),
          session.allocate((long) rows * Integer.BYTES));
    }

    void close() {
      z.close();
      y.close();
      delta.close();
      losses.close();
      hits.close();
    }
  }

  NetworkMemory(Session session, Parameters shape, Formula formula, int rows) {
    this.session = session;
    this.shape = shape;
    this.rows = rows;
    parameters = session.allocate(bytes());
    means = formula.means() ? session.allocate(bytes()) : null;
    squares = formula.squares() ? session.allocate(bytes()) : null;
    memory = Rows.of(session, rows, units());
  }

  private long bytes() {
    return (long) shape.values().length * Float.BYTES;
  }

  private long units() {
    return unitsBefore(shape.layerCount());
  }

  private long unitsBefore(int layer) {
    long units = 0;
    for (int l = 0; l < layer; l++) {
      units += shape.layer(l).out();
    }
    return units;
  }

  /** The largest batch that there is memory for. */
  int rows() {
    return rows;
  }

  /** Takes memory for larger batches. Nothing may be under way. */
  void growTo(int more) {
    memory.close();
    memory = Rows.of(session, more, units());
    rows = more;
  }

  /** Takes over parameters; what the optimiser remembers is cleared. */
  void load(Parameters from) {
    write(from.values(), parameters);
    for (DeviceMemory slot : slots()) {
      slot.clear();
    }
  }

  /** Takes over what an optimiser remembers, in the order of its slots. */
  void loadSlots(float[][] from) {
    List<DeviceMemory> slots = slots();
    for (int i = 0; i < from.length; i++) {
      write(from[i], slots.get(i));
    }
  }

  void save(Parameters into) {
    read(parameters, into.values());
  }

  void saveSlots(float[][] into) {
    List<DeviceMemory> slots = slots();
    for (int i = 0; i < into.length; i++) {
      read(slots.get(i), into[i]);
    }
  }

  void saveGradient(Parameters into) {
    read(gradient(), into.values());
  }

  private List<DeviceMemory> slots() {
    List<DeviceMemory> slots = new ArrayList<>();
    if (means != null) {
      slots.add(means);
    }
    if (squares != null) {
      slots.add(squares);
    }
    return slots;
  }

  private DeviceMemory gradient() {
    DeviceMemory there = gradient;
    if (there == null) {
      there = session.allocate(bytes());
      gradient = there;
    }
    return there;
  }

  private void write(float[] from, DeviceMemory to) {
    try (Arena arena = Arena.ofConfined()) {
      to.write(0, arena.allocateFrom(ValueLayout.JAVA_FLOAT, from));
      session.await();
    }
  }

  private void read(DeviceMemory from, float[] into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_FLOAT, into.length);
      from.read(0, numbers);
      session.await();
      MemorySegment.copy(numbers, ValueLayout.JAVA_FLOAT, 0, into, 0, into.length);
    }
  }

  /**
   * The fields of struct Job from parameters to rowHits; those of the gradient are null unless a
   * job asks for it.
   */
  void describe(Struct job, boolean differentiates) {
    job.wide(parameters.address())
        .wide(means == null ? 0 : means.address())
        .wide(squares == null ? 0 : squares.address())
        .wide(differentiates ? gradient().address() : 0)
        .wide(memory.z.address())
        .wide(memory.y.address())
        .wide(memory.delta.address())
        .wide(memory.losses.address())
        .wide(memory.hits.address());
  }

  /** The array of struct Layer. */
  void describeLayers(Struct job, @Nullable Room room) {
    for (int l = 0; l < shape.layerCount(); l++) {
      DenseLayer layer = shape.layer(l);
      Room.Layer place = room == null ? new Room.Layer(0, 0, 0, 0, 0) : room.layers().get(l);
      job.integer(layer.in())
          .integer(layer.out())
          .integer(Codes.of(layer.activation()))
          .real((float) layer.dropout())
          .wide(rows * unitsBefore(l))
          .integer(layer.weightsAt())
          .integer(place.weightStride())
          .integer(place.weights())
          .integer(place.units())
          .integer(place.unitStride())
          .integer(place.biasLine());
    }
  }
}
