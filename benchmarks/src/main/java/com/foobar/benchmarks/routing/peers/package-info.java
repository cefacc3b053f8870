/**
 * The same application on a real primary and replica, behind each way to split reads.
 */
@NullMarked
package com.foobar.benchmarks.routing.peers;

import org.jspecify.annotations.NullMarked;
