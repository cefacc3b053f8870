/**
 * Looks at the servers all the time, with connections of its own, and publishes what it
 * saw.
 */
@NullMarked
package com.foobar.routing.monitor;

import org.jspecify.annotations.NullMarked;
