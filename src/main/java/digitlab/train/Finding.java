package digitlab.train;

import digitlab.text.Message;

/**
 * Something that goes wrong in a training.
 *
 * @param what is seen, with its numbers
 * @param why that happens
 * @param remedy what to try
 */
public record Finding(Kind kind, Message what, Message why, Message remedy) {
  /** The gravest first. */
  public enum Kind {
    NOT_A_NUMBER,
    DIVERGED,
    EXPLODING_GRADIENT,
    VANISHING_GRADIENT,
    DEAD_NEURONS,
    SATURATED_NEURONS,
    OVERFITTING,
    /** It hardly learns at all. */
    STUCK,
    /** It ended while it still learned. */
    UNFINISHED,
    /** It no longer learns, and does not even know the images it was trained on. */
    TOO_SMALL
  }
}
