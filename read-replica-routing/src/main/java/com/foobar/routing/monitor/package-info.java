/**
 * Probes the servers on a schedule, over connections of its own, and publishes their
 * state.
 */
@NullMarked
package com.foobar.routing.monitor;

import org.jspecify.annotations.NullMarked;
