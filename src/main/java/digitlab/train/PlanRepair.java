package digitlab.train;

import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.text.RangeException;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a plan that came from anywhere, a link for one: what lies out of range is taken
 * to the end of its range, what can not be read is left as {@link TrainingPlan#DEFAULT} has it, and
 * each repair is said.
 */
public final class PlanRepair {
  /** A plan has some 400 characters; what is behind so many is not looked at. */
  static final int LONGEST_TEXT = 4000;

  private static final int LONGEST_QUOTE = 60;
  private static final int MOST_MESSAGES = 20;
  private static final int MOST_TRIES = 2 * 64; // of one field: a network has so many numbers

  /**
   * What was made of a text.
   *
   * @param repairs what was put right, in words; empty if the text was right
   */
  public record Repaired(TrainingPlan plan, List<Message> repairs) {}

  private TrainingPlan plan = TrainingPlan.DEFAULT;
  private final List<String> seen = new ArrayList<>();
  private final List<Message> repairs = new ArrayList<>();

  private PlanRepair() {}

  /** Reads whatever it is. */
  public static Repaired read(String text) {
    PlanRepair repair = new PlanRepair();
    String shorter = text;
    if (text.length() > LONGEST_TEXT) {
      shorter = text.substring(0, LONGEST_TEXT);
      repair.say(Message.of("plan.repair.long", text.length(), LONGEST_TEXT));
    }
    for (String field : PlanText.fields(shorter)) {
      repair.take(field);
    }
    return new Repaired(repair.plan, List.copyOf(repair.repairs));
  }

  private void say(Message repair) {
    if (repairs.size() < MOST_MESSAGES) {
      repairs.add(repair);
    }
  }

  private void take(String field) {
    String name = Words.of(field).getFirst();
    String value = field.substring(name.length()).trim();
    if (!PlanText.FIELDS.contains(name)) {
      say(Message.of("plan.repair.unknown", quote(name)));
    } else if (seen.contains(name)) {
      say(Message.of("plan.repair.twice", name, quote(value), PlanText.value(plan, name)));
    } else {
      seen.add(name);
      put(name, value);
    }
  }

  private void put(String name, String given) {
    String value = given;
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        plan = plan.with(name, value);
        return;
      } catch (RangeException e) {
        String clamped = replace(value, e);
        if (clamped.equals(value)) {
          break;
        }
        value = clamped;
        say(
            Message.of(
                "plan.repair.range",
                name,
                quote(e.given()),
                e.least(),
                e.most(),
                Decimals.format(e.nearest())));
      } catch (IllegalArgumentException e) {
        break;
      }
    }
    say(Message.of("plan.repair.unreadable", name, quote(given), PlanText.value(plan, name)));
  }

  /** The value with the number that is out of range at the end of its range. */
  private static String replace(String value, RangeException e) {
    StringBuilder text = new StringBuilder();
    boolean found = false;
    for (String word : Words.of(value)) {
      boolean isIt = !found && isNumber(word, e.given());
      found |= isIt;
      text.append(text.isEmpty() ? "" : " ").append(isIt ? Decimals.format(e.nearest()) : word);
    }
    return text.toString();
  }

  private static boolean isNumber(String word, String number) {
    if (word.equals(number)) {
      return true;
    }
    try {
      return Double.parseDouble(word) == Double.parseDouble(number);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String quote(String text) {
    return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
  }
}
