/**
 * The network: its description, parameters, gradients and file format. Pure: also compiled by
 * TeaVM.
 */
@NullMarked
package digitlab.net;

import org.jspecify.annotations.NullMarked;
