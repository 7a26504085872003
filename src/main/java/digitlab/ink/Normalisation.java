package digitlab.ink;

/**
 * Which of the steps that made MNIST are taken on the way from strokes to an image. All of them,
 * {@link #MNIST}, for a network that was trained on it; each can be left out to see what becomes of
 * the answer then.
 *
 * @param scaling the ink's longest side becomes 20 pixels; without it, the strokes' unit square
 *     becomes the 28×28 field
 * @param centring the centre of mass comes to the middle; without it, the ink's middle stays where
 *     it was in the unit square
 * @param penWidth every line is as wide as MNIST's; without it, as wide as it was drawn
 * @param polarity ink is 255 and paper 0; without it, the other way round
 * @param drawnWidth how wide the pen drew, in the strokes' unit; counts without {@code penWidth}
 *     only
 */
public record Normalisation(
    boolean scaling, boolean centring, boolean penWidth, boolean polarity, float drawnWidth) {
  /** As MNIST was made. */
  public static final Normalisation MNIST = new Normalisation(true, true, true, true, 0);

  /** The widest pen, as wide as the sheet. */
  public static final float MOST_WIDTH = 1;

  public Normalisation {
    boolean fits = drawnWidth >= 0 && drawnWidth <= MOST_WIDTH;
    if (!fits || (!penWidth && drawnWidth == 0)) {
      throw new IllegalArgumentException(
          "The pen drew "
              + drawnWidth
              + " of the sheet wide; it must be more than 0 and at most "
              + MOST_WIDTH
              + ".");
    }
  }
}
