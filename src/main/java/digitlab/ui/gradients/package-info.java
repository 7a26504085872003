/** The bench on which gradients vanish, pass and explode. */
@NullMarked
package digitlab.ui.gradients;

import org.jspecify.annotations.NullMarked;
