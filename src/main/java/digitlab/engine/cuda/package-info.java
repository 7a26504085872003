/**
 * Training on an NVIDIA GPU, through the driver alone: no toolkit is needed, the kernels
 * (src/main/cuda) come compiled in the jar. A launch trains a whole group of steps; parameters and
 * images stay on the card.
 */
@NullMarked
package digitlab.engine.cuda;

import org.jspecify.annotations.NullMarked;
