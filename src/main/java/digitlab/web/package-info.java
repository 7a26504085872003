/** The web server: Jetty, static site, HTTP API, headers, limits. */
@NullMarked
package digitlab.web;

import org.jspecify.annotations.NullMarked;
