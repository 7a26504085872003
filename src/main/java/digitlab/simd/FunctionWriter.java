package digitlab.simd;

import java.util.ArrayList;
import java.util.List;

/**
 * One function of a WebAssembly module while it is written: parameters first, then variables and
 * statements. It returns nothing: what it computes lies in memory.
 */
final class FunctionWriter {
  private static final int NO_RESULT = 0x40;

  private final String name;
  private final List<Type> parameters = new ArrayList<>();
  private final List<Type> variables = new ArrayList<>();
  private Code body = new Code();

  FunctionWriter(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** A variable that can be set; {@link #value} is what it holds where it stands. */
  record IntVariable(int number) {
    Int value() {
      return new Int(get(number));
    }
  }

  /** The same for four numbers. */
  record VectorVariable(int number) {
    Vector value() {
      return new Vector(get(number));
    }
  }

  private static Code get(int number) {
    return new Code().bytes(0x20).unsigned(number);
  }

  /** A parameter; it can be set like any variable. */
  IntVariable intParameter() {
    return new IntVariable(parameter(Type.INT));
  }

  /** A float32 parameter, four times. */
  Vector floatParameter() {
    return new Vector(get(parameter(Type.FLOAT)).vector(0x13));
  }

  private int parameter(Type type) {
    if (!variables.isEmpty()) {
      throw new IllegalStateException("Declare the parameters of " + name + " before variables.");
    }
    parameters.add(type);
    return parameters.size() - 1;
  }

  private int variable(Type type) {
    variables.add(type);
    return parameters.size() + variables.size() - 1;
  }

  IntVariable variable(Int initial) {
    IntVariable variable = new IntVariable(variable(Type.INT));
    set(variable, initial);
    return variable;
  }

  VectorVariable variable(Vector initial) {
    VectorVariable variable = new VectorVariable(variable(Type.VECTOR));
    set(variable, initial);
    return variable;
  }

  void set(IntVariable variable, Int value) {
    body.add(value.code()).bytes(0x21).unsigned(variable.number);
  }

  void set(VectorVariable variable, Vector value) {
    body.add(value.code()).bytes(0x21).unsigned(variable.number);
  }

  void advance(IntVariable variable, Int by) {
    set(variable, variable.value().plus(by));
  }

  void advance(IntVariable variable, int by) {
    advance(variable, Int.of(by));
  }

  void store(Int address, int offset, Vector value) {
    body.add(address.code()).add(value.code()).vector(0x0b).bytes(2).unsigned(offset);
  }

  void store(Int address, int offset, Int value) {
    body.add(address.code()).add(value.code()).bytes(0x36, 2).unsigned(offset);
  }

  /** Sets bytes to zero. */
  void clear(Int address, Int bytes) {
    body.add(address.code()).add(Int.of(0).code()).add(bytes.code()).bytes(0xfc, 0x0b, 0);
  }

  void copy(Int to, Int from, Int bytes) {
    body.add(to.code()).add(from.code()).add(bytes.code()).bytes(0xfc, 0x0a, 0, 0);
  }

  void when(Int condition, Runnable then) {
    body.add(condition.code()).bytes(0x04, NO_RESULT);
    then.run();
    body.bytes(0x0b);
  }

  /** Tests at the end of each turn, which processors like better: one jump a turn. */
  void whileTrue(Int condition, Runnable turn) {
    when(
        condition,
        () -> {
          body.bytes(0x03, NO_RESULT);
          turn.run();
          body.add(condition.code()).bytes(0x0d, 0, 0x0b);
        });
  }

  /** Its type: of the parameters, without a result. */
  Code type() {
    Code type = new Code().bytes(0x60).unsigned(parameters.size());
    parameters.forEach(parameter -> type.bytes(parameter.code));
    return type.bytes(0);
  }

  /** Its variables and statements. */
  Code code() {
    Code code = new Code().unsigned(variables.size());
    variables.forEach(variable -> code.unsigned(1).bytes(variable.code));
    return code.add(body).bytes(0x0b);
  }
}
