package digitlab.simd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Puts functions together to a WebAssembly module: each is exported by its name; the memory, which
 * they share with the module of the application, is imported as {@code env.memory}. (WebAssembly
 * core specification 2.0, chapter 5.)
 */
final class ModuleWriter {
  private ModuleWriter() {}

  static byte[] write(List<FunctionWriter> functions) {
    int count = functions.size();
    Code types = new Code().unsigned(count);
    Code numbers = new Code().unsigned(count);
    Code exports = new Code().unsigned(count);
    Code codes = new Code().unsigned(count);
    for (int i = 0; i < count; i++) {
      FunctionWriter function = functions.get(i);
      types.add(function.type());
      numbers.unsigned(i);
      exports.sized(function.name().getBytes(UTF_8)).bytes(0).unsigned(i);
      codes.sized(function.code().toBytes());
    }
    Code memory =
        new Code()
            .unsigned(1)
            .sized("env".getBytes(UTF_8))
            .sized("memory".getBytes(UTF_8))
            .bytes(2, 0, 1); // a memory, without a largest size, of at least one page
    Code module = new Code().bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    section(module, 1, types);
    section(module, 2, memory);
    section(module, 3, numbers);
    section(module, 7, exports);
    section(module, 10, codes);
    return module.toBytes();
  }

  private static void section(Code module, int number, Code content) {
    module.bytes(number).sized(content.toBytes());
  }
}
