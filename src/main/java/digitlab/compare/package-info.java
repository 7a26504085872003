/**
 * Comparing runs: over seeds, by plan, in pairs, against PyTorch; and what may honestly be said of
 * a difference.
 */
@NullMarked
package digitlab.compare;

import org.jspecify.annotations.NullMarked;
