/**
 * Words that travel: messages to be translated, plain numbers, the small text forms. Pure: also
 * compiled by TeaVM.
 */
@NullMarked
package digitlab.text;

import org.jspecify.annotations.NullMarked;
