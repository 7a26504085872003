package digitlab.sweep;

import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.text.RangeException;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sweep can vary: every field of a plan, and what hidden layers have in common, which the
 * field "network" would spell out for each.
 */
public final class SweepField {
  private static final String NEURONS = "neurons";
  private static final String DEPTH = "depth";
  private static final String ACTIVATION = "activation";
  private static final String DROPOUT = "dropout";

  /** All of them, in the order of the forms. */
  public static final List<String> ALL =
      Stream.concat(Stream.of(NEURONS, DEPTH, ACTIVATION, DROPOUT), PlanText.FIELDS.stream())
          .toList();

  private static final Set<String> WHOLE = Set.of(NEURONS, DEPTH, "batch", "epochs", "seed");
  private static final Set<String> NUMBERS = Set.of(DROPOUT, "rate", "l2", "validation");

  private SweepField() {}

  /** Whether its values are numbers. */
  public static boolean isNumber(String field) {
    return WHOLE.contains(field) || NUMBERS.contains(field);
  }

  /** Whether its values are whole numbers. */
  public static boolean isWhole(String field) {
    return WHOLE.contains(field);
  }

  /** Whether it shapes the hidden layers, of which there must be one at least. */
  private static boolean isOfLayers(String field) {
    return !PlanText.FIELDS.contains(field);
  }

  /** The value that a plan has; of layers that differ, that of the first. */
  public static String value(TrainingPlan plan, String field) {
    if (!isOfLayers(field)) {
      return PlanText.value(plan, field);
    }
    List<LayerSpec> hidden = hidden(plan);
    if (field.equals(DEPTH)) {
      return Integer.toString(hidden.size());
    }
    if (hidden.isEmpty()) {
      return "";
    }
    LayerSpec first = hidden.getFirst();
    return switch (field) {
      case NEURONS -> Integer.toString(first.neurons());
      case ACTIVATION -> first.activation().toString();
      default -> Decimals.format(first.dropout());
    };
  }

  /**
   * The plan with another value.
   *
   * @throws SweepException saying what is wrong with the value
   */
  static TrainingPlan with(TrainingPlan plan, String field, String value) {
    try {
      return isOfLayers(field)
          ? plan.with("network", withLayers(plan, field, value))
          : plan.with(field, value);
    } catch (SweepException e) {
      throw e;
    } catch (RangeException e) {
      throw new SweepException(
          field, Message.of("sweep.error.range", e.given(), e.least(), e.most()), e);
    } catch (IllegalArgumentException e) {
      throw new SweepException(field, Message.of("sweep.error.value", value), e);
    }
  }

  private static NetworkSpec withLayers(TrainingPlan plan, String field, String value) {
    List<LayerSpec> hidden = hidden(plan);
    if (hidden.isEmpty()) {
      throw new SweepException(
          field,
          Message.of("sweep.error.flat", plan.network()),
          "The network "
              + plan.network()
              + " has no hidden layer whose "
              + field
              + " could vary. Add one.");
    }
    List<LayerSpec> layers = new ArrayList<>();
    if (field.equals(DEPTH)) {
      int depth = Decimals.parseInt(value, "depth", 1, NetworkSpec.MOST_LAYERS - 1);
      layers.addAll(Collections.nCopies(depth, hidden.getFirst()));
    } else {
      hidden.forEach(layer -> layers.add(withLayer(layer, field, value)));
    }
    layers.add(plan.network().layers().getLast());
    return new NetworkSpec(plan.network().inputs(), layers);
  }

  private static LayerSpec withLayer(LayerSpec layer, String field, String value) {
    return switch (field) {
      case NEURONS ->
          new LayerSpec(
              Decimals.parseInt(value, "number of neurons", 1, LayerSpec.MOST_NEURONS),
              layer.activation(),
              layer.dropout());
      case ACTIVATION -> new LayerSpec(layer.neurons(), Activation.parse(value), layer.dropout());
      default ->
          new LayerSpec(layer.neurons(), layer.activation(), Decimals.parse(value, "dropout"));
    };
  }

  private static List<LayerSpec> hidden(TrainingPlan plan) {
    List<LayerSpec> layers = plan.network().layers();
    return layers.subList(0, layers.size() - 1);
  }
}
