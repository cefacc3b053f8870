/**
 * Meters of the routing.
 */
@NullMarked
package com.foobar.routing.micrometer;

import org.jspecify.annotations.NullMarked;
