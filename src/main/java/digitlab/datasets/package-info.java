/** Where images come from: a folder, the cache, the mirrors of MNIST, the built-in generator. */
@NullMarked
package digitlab.datasets;

import org.jspecify.annotations.NullMarked;
