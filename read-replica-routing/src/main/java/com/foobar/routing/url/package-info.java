/**
 * Parses JDBC URLs into driver, servers and driver properties.
 */
@NullMarked
package com.foobar.routing.url;

import org.jspecify.annotations.NullMarked;
