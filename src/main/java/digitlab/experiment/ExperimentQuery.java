package digitlab.experiment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which experiments to list, and in which order.
 *
 * @param text stands in the name, the plan, the notes or a tag; empty for all
 * @param tag which they have; null for all
 */
public record ExperimentQuery(
    String text, @Nullable String tag, Show show, Order order, boolean descending) {
  /** All that are not archived, the newest first. */
  public static final ExperimentQuery ALL =
      new ExperimentQuery("", null, Show.ALL, Order.CREATED, true);

  /** Which part of them. */
  public enum Show {
    /** All that are not archived. */
    ALL,
    FAVOURITES,
    /** Waiting or training. */
    GOING,
    DONE,
    /** Failed, stopped or interrupted. */
    ENDED_EARLY,
    /** Never started. */
    NEW,
    ARCHIVED;

    /** As in an address: "ended-early". */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** By what they are ordered. */
  public enum Order {
    NAME,
    STATUS,
    VALIDATION,
    TEST,
    DURATION,
    CREATED
  }

  public ExperimentQuery withText(String now) {
    return new ExperimentQuery(now, tag, show, order, descending);
  }

  public ExperimentQuery withTag(@Nullable String now) {
    return new ExperimentQuery(text, now, show, order, descending);
  }

  public ExperimentQuery withShow(Show now) {
    return new ExperimentQuery(text, tag, now, order, descending);
  }

  public ExperimentQuery ordered(Order by, boolean fallingValues) {
    return new ExperimentQuery(text, tag, show, by, fallingValues);
  }
}
