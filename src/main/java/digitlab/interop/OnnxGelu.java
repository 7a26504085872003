package digitlab.interop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises GELU where it is spelt out: z · (1 + erf(z/√2)) · ½, the factors in any order, the
 * division also as a multiplication by √½.
 */
final class OnnxGelu {
  private final OnnxGraph graph;

  OnnxGelu(OnnxGraph graph) {
    this.graph = graph;
  }

  /** What the two nodes that use {@code z} come to, if they are a GELU; else null. */
  @Nullable String follow(String z, List<OnnxGraph.Node> users) {
    for (int i = 0; i < 2; i++) {
      OnnxGraph.Node scaling = users.get(i);
      String shifted = scalesByRootHalf(scaling, z) ? shiftedErf(scaling.output()) : null;
      if (shifted != null) {
        return halved(z, shifted, users.get(1 - i));
      }
    }
    return null;
  }

  private boolean scalesByRootHalf(OnnxGraph.Node node, String z) {
    float root2 = (float) Math.sqrt(2);
    if (node.operator().equals("Div")) {
      return node.inputs().getFirst().equals(z) && isNear(node.inputs().getLast(), root2);
    }
    return node.operator().equals("Mul") && isNear(other(node, z), 1 / root2);
  }

  private @Nullable String shiftedErf(String scaled) {
    OnnxGraph.Node erf = user(scaled, "Erf");
    OnnxGraph.Node sum = erf == null ? null : user(erf.output(), "Add");
    if (erf == null || sum == null) {
      return null;
    }
    return isNear(other(sum, erf.output()), 1) ? sum.output() : null;
  }

  /** z · shifted · ½, or z · ½ · shifted, or z · (shifted · ½). */
  private @Nullable String halved(String z, String shifted, OnnxGraph.Node product) {
    if (!product.operator().equals("Mul")) {
      return null;
    }
    String factor = other(product, z);
    OnnxGraph.Node next = user(product.output(), "Mul");
    if (factor.equals(shifted)) {
      return next != null && isNear(other(next, product.output()), 0.5f) ? next.output() : null;
    }
    if (isNear(factor, 0.5f)) {
      return next != null && other(next, product.output()).equals(shifted) ? next.output() : null;
    }
    OnnxGraph.Node half = user(shifted, "Mul");
    if (half == null || !half.output().equals(factor)) {
      return null;
    }
    return isNear(other(half, shifted), 0.5f) ? product.output() : null;
  }

  /** The only node that uses a value, if it is of that operator. */
  private OnnxGraph.@Nullable Node user(String value, String operator) {
    List<OnnxGraph.Node> users = new ArrayList<>();
    for (OnnxGraph.Node node : graph.nodes) {
      if (node.inputs().contains(value)) {
        users.add(node);
      }
    }
    boolean one = users.size() == 1 && users.getFirst().operator().equals(operator);
    return one ? users.getFirst() : null;
  }

  private static String other(OnnxGraph.Node node, String input) {
    return node.inputs().getFirst().equals(input)
        ? node.inputs().getLast()
        : node.inputs().getFirst();
  }

  private boolean isNear(String name, float expected) {
    OnnxGraph.Tensor tensor = graph.tensors.get(name);
    TensorData data = tensor == null ? null : tensor.data();
    return data != null && data.count() == 1 && Math.abs(data.get(0) - expected) <= 1e-5f;
  }
}
