/**
 * What a JDBC URL says about the driver, the servers and the driver's settings.
 */
@NullMarked
package com.foobar.routing.url;

import org.jspecify.annotations.NullMarked;
