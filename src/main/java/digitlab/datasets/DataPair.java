package digitlab.datasets;

import digitlab.data.Dataset;
import digitlab.text.Message;

/**
 * Images to train on and images to test with.
 *
 * @param origin for people: which data these are and where they came from
 */
public record DataPair(Dataset training, Dataset test, Message origin) {}
