/**
 * The overhead of routing, measured without a server.
 */
@NullMarked
package com.foobar.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
