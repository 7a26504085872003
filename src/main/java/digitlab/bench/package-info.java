/** Measures engines against each other, each in a process of its own, turn and turn about. */
@NullMarked
package digitlab.bench;

import org.jspecify.annotations.NullMarked;
