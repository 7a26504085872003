package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.DenseLayer;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a model of Keras 3: a ZIP archive of metadata.json, config.json (a {@code Sequential} of
 * {@code Dense} layers) and model.weights.h5, where the i-th Dense layer has its weights (in, out)
 * and biases under layers/dense_i/vars/0 and 1. {@code keras.saving.load_model} takes it; it is not
 * compiled, because a loss alone does not make a training.
 */
final class KerasFile {
  private static final String VERSION = "3.0.0"; // the first with this format

  private KerasFile() {}

  static void write(TrainedModel model, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry("metadata.json"));
    zip.write(json(Map.of("keras_version", VERSION)));
    zip.putNextEntry(new ZipEntry("config.json"));
    zip.write(json(config(model.parameters().spec())));
    zip.setLevel(0); // trained numbers don't get smaller
    zip.putNextEntry(new ZipEntry("model.weights.h5"));
    Hdf5Writer.write(weights(model.parameters()), zip);
    zip.finish();
  }

  private static byte[] json(Object object) {
    return JsonMapper.shared().writeValueAsBytes(object);
  }

  private static Map<String, @Nullable Object> config(NetworkSpec spec) {
    List<@Nullable Integer> input = new ArrayList<>();
    input.add(null); // any batch
    input.add(spec.inputs());
    List<Object> layers = new ArrayList<>();
    Map<String, Object> pixels = settings("pixels");
    pixels.put("batch_shape", input);
    layers.add(object("keras.layers", "InputLayer", pixels));
    for (int l = 0; l < spec.layers().size(); l++) {
      addLayer(spec, l, layers);
    }
    Map<String, Object> sequential = settings("digitlab");
    sequential.put("trainable", true);
    sequential.put("layers", layers);
    sequential.put("build_input_shape", input);
    Map<String, @Nullable Object> config = object("keras", "Sequential", sequential);
    config.put("build_config", Map.of("input_shape", input));
    return config;
  }

  private static void addLayer(NetworkSpec spec, int index, List<Object> layers) {
    String name = "layer_" + (index + 1);
    Activation activation = spec.layers().get(index).activation();
    boolean apart = activation == Activation.LEAKY_RELU; // Keras' own has another slope
    Map<String, Object> dense = settings(name);
    dense.put("trainable", true);
    dense.put("units", spec.layers().get(index).neurons());
    dense.put("activation", apart ? "linear" : name(activation));
    dense.put("use_bias", true);
    Map<String, @Nullable Object> layer = object("keras.layers", "Dense", dense);
    List<@Nullable Integer> input = new ArrayList<>();
    input.add(null);
    input.add(spec.inputsOf(index));
    layer.put("build_config", Map.of("input_shape", input));
    layers.add(layer);
    if (apart) {
      Map<String, Object> leaky = settings(name + "_leaky_relu");
      leaky.put("negative_slope", 0.01);
      layers.add(object("keras.layers", "LeakyReLU", leaky));
    }
    double dropout = spec.layers().get(index).dropout();
    if (dropout > 0) {
      Map<String, Object> drop = settings(name + "_dropout");
      drop.put("rate", dropout);
      layers.add(object("keras.layers", "Dropout", drop));
    }
  }

  private static Map<String, Object> settings(String name) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", name);
    settings.put("dtype", "float32");
    return settings;
  }

  /** An object as Keras writes it. */
  private static Map<String, @Nullable Object> object(
      String module, String type, Map<String, Object> config) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("module", module);
    object.put("class_name", type);
    object.put("config", config);
    object.put("registered_name", null);
    return object;
  }

  /** As {@code keras.activations} calls it, with the same meaning. */
  static String name(Activation activation) {
    return switch (activation) {
      case IDENTITY -> "linear";
      case SIGMOID -> "sigmoid";
      case TANH -> "tanh";
      case RELU -> "relu";
      case ELU -> "elu";
      case GELU -> "gelu";
      case SOFTMAX -> "softmax";
      case LEAKY_RELU ->
          throw new IllegalArgumentException(
              "Keras' leaky_relu has the slope 0.2, not 0.01. Use the layer LeakyReLU.");
    };
  }

  private static Hdf5Writer.Group weights(Parameters parameters) {
    Hdf5Writer.Group root = new Hdf5Writer.Group();
    Hdf5Writer.Group layers = root.group("layers");
    for (int l = 0; l < parameters.layerCount(); l++) {
      DenseLayer layer = parameters.layer(l);
      Hdf5Writer.Group variables = layers.group(l == 0 ? "dense" : "dense_" + l).group("vars");
      float[] values = parameters.values();
      variables
          .items()
          .put(
              "0",
              new Hdf5Writer.Dataset(values, layer.weightsAt(), List.of(layer.in(), layer.out())));
      variables
          .items()
          .put("1", new Hdf5Writer.Dataset(values, layer.biasesAt(), List.of(layer.out())));
    }
    root.group("vars"); // the model's own: none, but Keras before 3.10 looks for it
    return root;
  }
}
