package digitlab.simd;

/** A 32-bit integer, often an address: code that leaves it on WebAssembly's stack. */
record Int(Code code) {
  static Int of(int value) {
    return new Int(new Code().bytes(0x41).signed(value));
  }

  /** The integer at an address. */
  static Int at(Int address, int offset) {
    return new Int(Code.of(address.code).bytes(0x28, 2).unsigned(offset));
  }

  /** 1 if the float32 at an address is anything but zero, else 0. */
  static Int isNotZero(Int address, int offset) {
    return new Int(
        Code.of(address.code).bytes(0x2a, 2).unsigned(offset).bytes(0x43, 0, 0, 0, 0, 0x5c));
  }

  Int plus(Int other) {
    return with(other, 0x6a);
  }

  Int plus(int value) {
    return plus(of(value));
  }

  Int minus(Int other) {
    return with(other, 0x6b);
  }

  Int times(int value) {
    return with(of(value), 0x6c);
  }

  /** 1 or 0; both sides unsigned, as addresses are. */
  Int isBelow(Int other) {
    return with(other, 0x49);
  }

  Int isAtMost(Int other) {
    return with(other, 0x4d);
  }

  private Int with(Int other, int instruction) {
    return new Int(Code.of(code, other.code).bytes(instruction));
  }
}
