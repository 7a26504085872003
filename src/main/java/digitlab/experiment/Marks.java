package digitlab.experiment;

import java.util.List;
import java.util.TreeSet;

/**
 * What people write on an experiment, beside its name.
 *
 * @param tags in the order of the alphabet, each once
 * @param archived out of sight, unless it is asked for
 */
public record Marks(List<String> tags, String notes, boolean favourite, boolean archived) {
  public static final Marks NONE = new Marks(List.of(), "", false, false);

  /** The longest tag, in characters. */
  public static final int LONGEST_TAG = 40;

  /** The longest notes, in characters. */
  public static final int LONGEST_NOTES = 10_000;

  private static final int MOST_TAGS = 20;

  /**
   * Puts the tags in order.
   *
   * @throws IllegalArgumentException if there are too many, or one or the notes are too long
   */
  public Marks {
    TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).forEach(sorted::add);
    tags = List.copyOf(sorted);
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          tags.size() + " tags; an experiment has at most " + MOST_TAGS + ". Leave some out.");
    }
    for (String tag : tags) {
      if (tag.length() > LONGEST_TAG) {
        throw new IllegalArgumentException(
            "The tag \"" + tag + "\" is longer than " + LONGEST_TAG + " characters. Shorten it.");
      }
    }
    if (notes.length() > LONGEST_NOTES) {
      throw new IllegalArgumentException(
          "The notes have "
              + notes.length()
              + " characters; at most "
              + LONGEST_NOTES
              + " are kept. Shorten them.");
    }
  }

  public Marks withFavourite(boolean now) {
    return new Marks(tags, notes, now, archived);
  }

  public Marks withArchived(boolean now) {
    return new Marks(tags, notes, favourite, now);
  }

  public Marks describedAs(List<String> newTags, String newNotes) {
    return new Marks(newTags, newNotes, favourite, archived);
  }
}
