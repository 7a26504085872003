package digitlab.experiment;

import digitlab.train.Curve;

/**
 * Loss and accuracy of some consecutive steps of a run, thinned out for drawing.
 *
 * @param firstStep from 1: the first step of the first bucket
 */
public record StepWindow(long firstStep, Curve.Part loss, Curve.Part accuracy) {}
