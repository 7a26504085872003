/** Training with PyTorch's C++ library, to compare ours with. Nothing else depends on it. */
@NullMarked
package digitlab.engine.pytorch;

import org.jspecify.annotations.NullMarked;
