/** How a training goes: charts, diagnosis, the outputs of its layers. */
@NullMarked
package digitlab.ui.watch;

import org.jspecify.annotations.NullMarked;
