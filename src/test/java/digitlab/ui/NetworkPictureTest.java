package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.net.NetworkSpec;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class NetworkPictureTest {
  private static Document draw(String network) throws Exception {
    String svg = NetworkPicture.svg(NetworkSpec.parse(network), name -> "<" + name + " & co>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static long count(Document picture, String tag, String kind) {
    NodeList all = picture.getElementsByTagName(tag);
    long count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      count += ((Element) all.item(i)).getAttribute("class").startsWith(kind) ? 1 : 0;
    }
    return count;
  }

  @Test
  void drawsEachNeuronOfSmallLayersAndAllTheirConnections() throws Exception {
    Document picture = draw("784 → 3 relu → 5 tanh dropout 0.5 → 2 softmax");
    assertEquals(3 + 5 + 2, count(picture, "circle", "neuron"));
    assertEquals(5, count(picture, "circle", "neuron drops"));
    assertEquals(3 + 3 * 5 + 5 * 2, count(picture, "line", "edge"));
    assertEquals(4, count(picture, "text", "count"));
    assertTrue(picture.getDocumentElement().getTextContent().contains("<relu & co>"));
    assertEquals(
        "784 → 3 relu → 5 tanh dropout 0.5 → 2 softmax",
        picture.getDocumentElement().getAttribute("aria-label"));
  }

  @Test
  void leavesOutNeuronsAndLayersOfLargeNetworks() throws Exception {
    Document wide = draw("784 → 2500 relu → 10 softmax");
    assertEquals(8 + 8, count(wide, "circle", "neuron"), "and dots between");
    assertTrue(wide.getDocumentElement().getTextContent().contains("2500"));
    Document deep = draw("784" + " → 4 relu".repeat(63) + " → 10 softmax");
    assertEquals(1 + 8, count(deep, "text", "count"), "the image and eight layers");
    assertTrue(deep.getDocumentElement().getTextContent().contains("… 56 …"));
  }
}
