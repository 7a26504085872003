package digitlab.simd;

/** WebAssembly's types of values, as far as the kernels need them. */
enum Type {
  INT(0x7f),
  FLOAT(0x7d),
  VECTOR(0x7b);

  final int code;

  Type(int code) {
    this.code = code;
  }
}
