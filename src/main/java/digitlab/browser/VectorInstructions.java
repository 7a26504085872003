package digitlab.browser;

import org.teavm.interop.Import;

/**
 * The kernels of {@code kernels.wasm}, which {@code digitlab.simd.KernelModule} writes and
 * explains. Sizes are in bytes, of rows that are filled up to multiples of 16; places are
 * addresses.
 */
final class VectorInstructions {
  private VectorInstructions() {}

  @Import(module = "kernels", name = "lighten")
  static native void lighten(int bytes, int end, int x);

  @Import(module = "kernels", name = "dense")
  static native void dense(int rows, int in, int out, int x, int w, int b, int z, int list);

  @Import(module = "kernels", name = "denseGradient")
  static native void denseGradient(
      int rows, int in, int out, int x, int delta, int weights, int biases, int list);

  @Import(module = "kernels", name = "transpose")
  static native void transpose(int in, int out, int w, int transposed);

  @Import(module = "kernels", name = "denseBack")
  static native void denseBack(int rows, int in, int out, int delta, int transposed, int dx);

  @Import(module = "kernels", name = "clear")
  static native void clear(int at, int bytes);

  @Import(module = "kernels", name = "relu")
  static native void relu(int z, int end, int y);

  @Import(module = "kernels", name = "multiplyReluSlope")
  static native void multiplyReluSlope(int z, int end, int delta);

  @Import(module = "kernels", name = "sgd")
  static native void sgd(int w, int end, int g, float rate, float l2);

  @Import(module = "kernels", name = "momentum")
  static native void momentum(int w, int end, int g, int v, float rate, float l2, float mu);

  @Import(module = "kernels", name = "nesterov")
  static native void nesterov(int w, int end, int g, int v, float rate, float l2, float mu);

  @Import(module = "kernels", name = "rmsProp")
  static native void rmsProp(
      int w, int end, int g, int s, float rate, float l2, float rho, float rest, float epsilon);

  @Import(module = "kernels", name = "shrink")
  static native void shrink(int w, int end, float keep);

  @Import(module = "kernels", name = "adam")
  static native void adam(
      int w,
      int end,
      int g,
      int m,
      int v,
      float rate,
      float l2,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float size,
      float epsilon);
}
