package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which networks fit into one block, and where they lie there. */
class RoomTest {
  private static final int H200 = 232_448; // bytes of shared memory that a block can have
  private static final int RTX_4090 = 101_376;

  private static @Nullable Room room(String network, int slots, int rows, int sharedBytes) {
    NetworkSpec spec = NetworkSpec.parse(network);
    int stride = (spec.inputs() + 15) / 16 * 16;
    return Room.of(new Parameters(spec), slots, rows, stride, sharedBytes);
  }

  @Test
  void theSmallNetworkOfEveryTutorialFits() {
    Room room = room("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid", 1, 32, H200);
    assertNotNull(room);
    assertTrue(room.bytes() <= H200, room.bytes() + " bytes");
    assertTrue(room.slots() > 0, "with momentum, too");
  }

  @Test
  void whatIsTooLargeDoesNot() {
    assertNull(room("784 → 128 relu → 64 relu → 10 softmax", 0, 64, H200));
    assertNull(room("784 → 16 relu → 10 softmax", 0, 32, RTX_4090));
    assertNull(room("20 → 10 softmax", 0, Room.MOST_ROWS + 1, H200));
    assertNull(room("20 → 16384 relu → 10 softmax", 0, 500, H200));
  }

  /** The optimiser's memory stays on the card where there is no room for it. */
  @Test
  void theOptimisersMemoryComesAlongIfItFits() {
    String network = "784 → 10 softmax";
    assertEquals(-1, assertRoom(room(network, 2, 64, H200)).slots());
    assertTrue(assertRoom(room(network, 2, 32, H200)).slots() > 0);
  }

  /**
   * What is read in pieces of 16 bytes begins at multiples of them; nothing lies on anything else.
   */
  @Test
  void nothingOverlaps() {
    Room room = assertRoom(room("785 → 17 relu → 3 tanh → 10 softmax", 2, 9, H200));
    assertEquals(16, room.paddedRows());
    int end = 0;
    for (Room.Layer layer : room.layers()) {
      assertEquals(end, layer.weights());
      assertEquals(0, layer.weights() % 4);
      assertEquals(4, layer.unitStride() % 8, "rows that are read together lie in different banks");
      assertEquals(layer.weights() + (layer.biasLine() + 4) * layer.weightStride(), layer.units());
      end = layer.units() + 3 * room.paddedRows() * layer.unitStride();
    }
    assertEquals(800, room.layers().getFirst().biasLine());
    assertEquals(end, room.pixels());
    assertEquals(0, room.pixels() % 4);
    assertTrue(room.slots() >= room.pixels() + 16 * (800 + 8) / 2);
    assertTrue(room.sumsAt() >= room.slots() + 2 * 13_456);
    assertEquals(room.all(), room.sumsAt() + room.sums());
  }

  private static Room assertRoom(@Nullable Room room) {
    assertNotNull(room);
    return room;
  }
}
