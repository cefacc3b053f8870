/**
 * Meters, and key values of observations.
 */
@NullMarked
package com.foobar.routing.micrometer;

import org.jspecify.annotations.NullMarked;
