/** A run as one file to keep or to hand in: everything in it, nothing fetched from anywhere. */
@NullMarked
package digitlab.report;

import org.jspecify.annotations.NullMarked;
