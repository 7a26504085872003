/**
 * Numbers that are the same on every platform: random numbers, functions, digests. Pure: also
 * compiled by TeaVM.
 */
@NullMarked
package digitlab.math;

import org.jspecify.annotations.NullMarked;
