package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.net.Network;
import digitlab.net.NetworkFormat;
import digitlab.testing.Mnist;
import digitlab.testing.OtherDoodles;
import digitlab.testing.Pens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the networks that are shipped: on real pens, on MNIST, on what is no digit. */
class ShippedNetworksIT {
  /** Where the page draws the line, unless somebody moves it. */
  private static final float SURE = 0.6f;

  private final Rasterizer rasterizer = new Rasterizer();
  private final float[] input = new float[Rasterizer.PIXELS];
  @TempDir private Path cache;

  private static Network shipped(String name) throws IOException {
    try (InputStream file =
        ShippedNetworksIT.class.getResourceAsStream("/site/models/" + name + ".digitlab")) {
      return new Network(
          NetworkFormat.read(Objects.requireNonNull(file).readAllBytes()).parameters());
    }
  }

  private int answer(Network network, byte[] image) {
    for (int i = 0; i < input.length; i++) {
      input[i] = (image[i] & 255) / 255f;
    }
    network.look(input);
    return network.answer();
  }

  private boolean isSure(Network network, List<Stroke> strokes) {
    int answer = answer(network, rasterizer.raster(strokes));
    return network.probabilities()[answer] >= SURE;
  }

  private double onPens(Network network) throws IOException {
    List<Pens.Drawing> drawings = Pens.drawings();
    int right = 0;
    for (Pens.Drawing drawing : drawings) {
      byte[] image = rasterizer.raster(drawing.strokes());
      right += answer(network, image) == drawing.label() ? 1 : 0;
    }
    return (double) right / drawings.size();
  }

  private double onMnist(Network network) throws InterruptedException {
    Dataset test =
        new DataLibrary(Mnist.folder(), cache, new MnistDownload())
            .find(DataChoice.MNIST, (_, _, _) -> {})
            .test();
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += answer(network, test.image(i)) == test.label(i) ? 1 : 0;
    }
    return (double) right / test.size();
  }

  private static void expect(String what, double least, double share) {
    System.out.printf(Locale.ROOT, "%s: %.2f %%%n", what, 100 * share);
    assertTrue(share >= least, what + ": " + share + ", at least " + least + " expected");
  }

  @Test
  void padReadsPens() throws Exception {
    expect("pad on real pens", 0.98, onPens(shipped("pad")));
  }

  @Test
  void padReadsMnist() throws Exception {
    expect("pad on MNIST", 0.988, onMnist(shipped("pad")));
  }

  @Test
  void theNetworkOfTheVideosReadsPens() throws Exception {
    expect("3b1b on real pens", 0.90, onPens(shipped("3b1b")));
  }

  @Test
  void theNetworkOfTheVideosReadsMnist() throws Exception {
    expect("3b1b on MNIST", 0.93, onMnist(shipped("3b1b")));
  }

  @Test
  void padIsSureOfDigits() throws Exception {
    Network pad = shipped("pad");
    List<Pens.Drawing> drawings = Pens.drawings();
    double sure = drawings.stream().filter(drawing -> isSure(pad, drawing.strokes())).count();
    expect("pad is sure of real pens' digits", 0.97, sure / drawings.size());
  }

  /** Made in other ways than what it was trained on. */
  @Test
  void padIsNotSureOfWhatIsNoDigit() throws Exception {
    OtherDoodles doodles = new OtherDoodles(5);
    expect("pad is not sure of letters and signs", 0.9, unsure(doodles::letter));
    expect("pad is not sure of scribbles", 0.93, unsure(doodles::scribble));
    expect("pad is not sure of an empty sheet", 1, unsure(List::of));
    Stroke dot = new Stroke(new float[] {0.5f}, new float[] {0.5f});
    expect("pad is not sure of a dot", 1, unsure(() -> List.of(dot)));
  }

  private double unsure(Supplier<List<Stroke>> drawings) throws IOException {
    Network pad = shipped("pad");
    int count = 1000;
    int unsure = 0;
    for (int i = 0; i < count; i++) {
      unsure += isSure(pad, drawings.get()) ? 0 : 1;
    }
    return (double) unsure / count;
  }
}
