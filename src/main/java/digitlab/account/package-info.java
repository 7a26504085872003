/** The teacher's password and who may enter the Lab. */
@NullMarked
package digitlab.account;

import org.jspecify.annotations.NullMarked;
