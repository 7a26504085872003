/** The database: H2 or PostgreSQL. The only place that knows SQL. */
@NullMarked
package digitlab.store;

import org.jspecify.annotations.NullMarked;
