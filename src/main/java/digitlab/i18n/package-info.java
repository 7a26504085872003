/** The message files: every text that a person reads, in English and Russian. */
@NullMarked
package digitlab.i18n;

import org.jspecify.annotations.NullMarked;
