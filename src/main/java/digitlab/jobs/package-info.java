/** Trainings in the background: the queue, and one training from plan to tested network. */
@NullMarked
package digitlab.jobs;

import org.jspecify.annotations.NullMarked;
