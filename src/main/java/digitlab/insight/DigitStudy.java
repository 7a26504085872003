package digitlab.insight;

import java.util.List;

/**
 * What happens in a network for one image, layer by layer.
 *
 * @param pixels (inputs): 0 is paper, 255 is ink
 * @param label the right answer
 * @param answer what the network says
 * @param probabilities of each class
 * @param cost the loss for this image
 * @param outputs per layer (out)
 * @param deltas per layer (out): ∂C/∂z
 * @param pull (inputs): ink where it is positive speaks for the answer, where it is negative for
 *     {@code second}
 * @param second the second guess
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record DigitStudy(
    byte[] pixels,
    int label,
    int answer,
    int second,
    float[] probabilities,
    double cost,
    List<float[]> outputs,
    List<float[]> deltas,
    float[] pull) {}
