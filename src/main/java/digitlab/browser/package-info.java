/** The entry points that TeaVM compiles for the browser. The only place that knows TeaVM. */
@NullMarked
package digitlab.browser;

import org.jspecify.annotations.NullMarked;
