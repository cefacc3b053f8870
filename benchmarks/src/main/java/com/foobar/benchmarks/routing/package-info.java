/**
 * What routing costs, without a server.
 */
@NullMarked
package com.foobar.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
