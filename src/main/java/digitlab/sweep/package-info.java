/**
 * Sweeps: many experiments that vary some fields of one plan, on a grid or at random. Knows no SQL,
 * no threads and no screen.
 */
@NullMarked
package digitlab.sweep;

import org.jspecify.annotations.NullMarked;
