/** The Lab: Vaadin views over the services. Knows no engine and no SQL. */
@NullMarked
package digitlab.ui;

import org.jspecify.annotations.NullMarked;
