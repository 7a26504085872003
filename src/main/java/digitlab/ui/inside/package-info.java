/** A trained network looked into: its mistakes, its digits, its neurons. */
@NullMarked
package digitlab.ui.inside;

import org.jspecify.annotations.NullMarked;
