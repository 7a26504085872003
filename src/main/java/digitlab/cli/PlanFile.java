package digitlab.cli;

import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
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
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "it has " + Files.size(file) + " bytes; a plan has a few hundred.");
      }
      String text = Files.readString(file);
      return PlanText.parse(text.stripLeading().startsWith("{") ? textOf(text) : text);
    } catch (MalformedInputException e) {
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
      text.append(field.getKey()).append(' ').append(field.getValue().asString()).append('\n');
    }
    return text.toString();
  }
}
