/**
 * Training: the plan, the loop, what it reports and how a network is judged. Pure: also compiled by
 * TeaVM.
 */
@NullMarked
package digitlab.train;

import org.jspecify.annotations.NullMarked;
