package digitlab.browser;

import digitlab.ink.Normalisation;
import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.net.Lightness;
import digitlab.net.NetworkFormat;
import java.util.List;

/** A recogniser in Java alone: for the fallback in JavaScript, and on the JVM. */
final class PlainRecogniser extends Recogniser {
  private final float[] input = new float[Rasterizer.PIXELS];
  private byte[] image = new byte[Rasterizer.PIXELS];

  PlainRecogniser(byte[] file) {
    super(NetworkFormat.read(file));
  }

  /** Rasterises the strokes and looks at them. Returns the answer. */
  int recognise(List<Stroke> strokes, Normalisation steps) {
    return look(raster(strokes, steps));
  }

  /** Looks at an image of 784 bytes. Returns the answer. */
  int look(byte[] pixels) {
    image = pixels;
    Lightness.of(image, 0, input.length, input, 0);
    network().look(input);
    return network().answer();
  }

  byte[] image() {
    return image;
  }

  @Override
  float[] input() {
    return input;
  }
}
