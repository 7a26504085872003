/** The engines that can train, in order of preference, each with why it is available or why not. */
@NullMarked
package digitlab.engine;

import org.jspecify.annotations.NullMarked;
