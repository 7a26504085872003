package digitlab.train;

/**
 * How one layer was doing when a {@link Probe} looked at it.
 *
 * @param gradient ‖∂C/∂W‖, with the biases in it
 * @param update ‖ΔW‖/‖W‖ of one step, without the biases: about a thousandth where the learning
 *     rate suits; NaN if no step was seen
 * @param dead the share of its neurons that were silent for every image; zero but for ReLU
 * @param saturated the share of its outputs whose slope is below a twentieth of the steepest: there
 *     the gradient hardly passes; zero for activations that do not flatten
 * @param finite whether all weighted sums were numbers
 * @param outputs how its outputs spread
 */
public record LayerHealth(
    double gradient,
    double update,
    double dead,
    double saturated,
    boolean finite,
    Histogram outputs) {}
