/**
 * The driver's connections below the pools: fewer round trips, GTIDs of commits,
 * failures.
 */
@NullMarked
package com.foobar.routing.physical;

import org.jspecify.annotations.NullMarked;
