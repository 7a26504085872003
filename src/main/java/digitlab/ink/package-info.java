/** From pen strokes to the 28×28 image that a network expects. Pure: also compiled by TeaVM. */
@NullMarked
package digitlab.ink;

import org.jspecify.annotations.NullMarked;
