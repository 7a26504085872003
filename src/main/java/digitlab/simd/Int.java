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

  /** One bit of it, 0 or 1. */
  Int bit(int number) {
    return new Int(
        Code.of(code, of(number).code)
            .bytes(0x76) // shifted to the right
            .add(of(1).code)
            .bytes(0x71)); // and
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
