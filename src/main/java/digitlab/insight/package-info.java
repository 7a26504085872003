/** Trained networks looked into: what they say to each test image, and why. */
@NullMarked
package digitlab.insight;

import org.jspecify.annotations.NullMarked;
