package digitlab.cli;

import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan in a file: the text form of {@link PlanText}, or JSON as the command presets prints it.
 */
final class PlanFile {
  private static final int MOST_BYTES = 100_000;

  private PlanFile() {}

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException if it is none, naming the file
   * @throws IOException if there is no such file, or it can't be read
   */
  static TrainingPlan read(Path file) throws IOException {
    try {
      byte[] bytes =
          InputFile.read(
              file, MOST_BYTES, "a plan has at most", "Choose a text that names a network.");
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException(
            "It is empty. Begin with a line like: network 784 → 16 relu → 10 softmax");
      }
      return PlanText.parse(text.startsWith("{") ? textOf(text) : text);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is no plan: it is not text in UTF-8.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " is no plan: " + e.getMessage(), e);
    }
  }

  /** {"plan": {"rate": 3, …}} or {"rate": 3, …}, as text. */
  private static String textOf(String json) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "it begins like JSON but is none: " + e.getOriginalMessage(), e);
    }
    JsonNode plan = root.has("plan") ? root.get("plan") : root;
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> field : plan.properties()) {
      if (!field.getValue().isString() && !field.getValue().isNumber()) {
        throw new IllegalArgumentException(
            "its \""
                + field.getKey()
                + "\" is neither a text nor a number. Write it as the command presets --json does.");
      }
      text.append(field.getKey()).append(' ').append(field.getValue().asString()).append('\n');
    }
    return text.toString();
  }
}
