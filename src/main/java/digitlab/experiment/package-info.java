/**
 * Experiments and their runs: what the Lab is about. Knows no SQL, no threads of its own and no
 * screen.
 */
@NullMarked
package digitlab.experiment;

import org.jspecify.annotations.NullMarked;
