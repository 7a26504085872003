package digitlab.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes HDF5 (https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html), as much of it
 * as a Keras file needs: groups within groups and arrays of float32, each in one piece. Version 3
 * of the superblock and 2 of the object headers, which the HDF5 library reads since 1.8.
 *
 * <p>The addresses are known before anything is written, so that files of any size go straight into
 * a stream.
 */
final class Hdf5Writer {
  private static final int SUPERBLOCK = 48;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final long UNDEFINED = -1;

  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int LAYOUT = 0x08;
  private static final int GROUP_INFO = 0x0A;

  private static final int CHUNK = 1 << 14; // numbers that are written at once

  private Hdf5Writer() {}

  /** Something with a name in a file. */
  sealed interface Item {}

  /** A folder; its items in the order in which they are put. */
  record Group(Map<String, Item> items) implements Item {
    Group() {
      this(new LinkedHashMap<>());
    }

    /** The group of that name within this one; made if there is none. */
    Group group(String name) {
      return (Group) items.computeIfAbsent(name, _ -> new Group());
    }
  }

  /** An array of float32 that begins at {@code from} in {@code values}, row after row. */
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  record Dataset(float[] values, int from, List<Integer> shape) implements Item {
    int count() {
      int count = 1;
      for (int size : shape) {
        count *= size;
      }
      return count;
    }
  }

  /** An item that has its place: its header at {@code address}, its numbers right behind. */
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  private record Placed(Item item, long address, byte[] header) {}

  static void write(Group root, OutputStream out) throws IOException {
    List<Placed> placed = new ArrayList<>();
    Placed top = place(root, SUPERBLOCK, placed);
    Placed last = placed.getLast();
    long end = last.address + last.header.length + contentBytes(last.item);
    out.write(superblock(top.address, end));
    for (Placed item : placed) {
      out.write(item.header);
      if (item.item instanceof Dataset dataset) {
        writeNumbers(dataset, out);
      }
    }
  }

  /** Places what lies within a group before the group, whose header names the addresses. */
  private static Placed place(Item item, long from, List<Placed> placed) {
    long at = from;
    byte[] header;
    switch (item) {
      case Dataset dataset -> header = datasetHeader(dataset, at);
      case Group group -> {
        Map<String, Long> addresses = new LinkedHashMap<>();
        for (Map.Entry<String, Item> entry : group.items.entrySet()) {
          Placed inner = place(entry.getValue(), at, placed);
          addresses.put(entry.getKey(), inner.address);
          at = inner.address + inner.header.length + contentBytes(inner.item);
        }
        header = groupHeader(addresses);
      }
    }
    Placed result = new Placed(item, at, header);
    placed.add(result);
    return result;
  }

  private static long contentBytes(Item item) {
    return item instanceof Dataset dataset ? 4L * dataset.count() : 0;
  }

  private static byte[] superblock(long root, long end) {
    LittleEndian block = new LittleEndian().bytes(SIGNATURE).int8(3); // version
    block.int8(8).int8(8); // bytes of an address, of a length
    block.int8(0).int64(0).int64(UNDEFINED).int64(end).int64(root);
    return checked(block);
  }

  private static byte[] groupHeader(Map<String, Long> addresses) {
    LittleEndian messages = new LittleEndian();
    LittleEndian info = new LittleEndian().int8(0).int8(0).int64(UNDEFINED).int64(UNDEFINED);
    message(messages, LINK_INFO, info);
    message(messages, GROUP_INFO, new LittleEndian().int8(0).int8(0));
    for (Map.Entry<String, Long> entry : addresses.entrySet()) {
      LittleEndian link = new LittleEndian().int8(1).int8(0); // version; a hard link
      link.int8(entry.getKey().length()).ascii(entry.getKey()).int64(entry.getValue());
      message(messages, LINK, link);
    }
    return objectHeader(messages);
  }

  /** The header of an array whose numbers lie right behind it. */
  private static byte[] datasetHeader(Dataset dataset, long address) {
    // its length does not depend on the address in it
    int length = datasetHeaderWith(dataset, 0).length;
    return datasetHeaderWith(dataset, address + length);
  }

  private static byte[] datasetHeaderWith(Dataset dataset, long numbersAt) {
    LittleEndian space = new LittleEndian().int8(2).int8(dataset.shape.size());
    space.int8(0).int8(1); // no limits; an array
    for (int size : dataset.shape) {
      space.int64(size);
    }
    LittleEndian type = new LittleEndian().int8(0x11); // version 1, floating point
    type.int8(0x20).int8(31).int8(0); // little-endian, leading 1 implied; where the sign is
    type.int32(4).int16(0).int16(32); // bytes; from bit 0, 32 of them
    type.int8(23).int8(8).int8(0).int8(23); // exponent and mantissa: first bit, bits
    type.int32(127); // bias of the exponent
    LittleEndian fill = new LittleEndian().int8(3).int8(0x0A); // version; no value
    LittleEndian layout = new LittleEndian().int8(3).int8(1); // version; in one piece
    layout.int64(numbersAt).int64(4L * dataset.count());
    LittleEndian messages = new LittleEndian();
    message(messages, DATASPACE, space);
    message(messages, DATATYPE, type);
    message(messages, FILL_VALUE, fill);
    message(messages, LAYOUT, layout);
    return objectHeader(messages);
  }

  private static void message(LittleEndian messages, int type, LittleEndian content) {
    messages.int8(type).int16(content.size()).int8(0).bytes(content.toBytes());
  }

  private static byte[] objectHeader(LittleEndian messages) {
    LittleEndian header = new LittleEndian().ascii("OHDR").int8(2).int8(2);
    return checked(header.int32(messages.size()).bytes(messages.toBytes()));
  }

  /** Ends a block with its checksum. */
  private static byte[] checked(LittleEndian block) {
    return block.int32(Lookup3.of(block.toBytes())).toBytes();
  }

  private static void writeNumbers(Dataset dataset, OutputStream out) throws IOException {
    int end = dataset.from + dataset.count();
    for (int from = dataset.from; from < end; from += CHUNK) {
      LittleEndian chunk = new LittleEndian(4 * CHUNK);
      for (int i = from; i < end && i < from + CHUNK; i++) {
        chunk.float32(dataset.values[i]);
      }
      out.write(chunk.toBytes());
    }
  }
}
