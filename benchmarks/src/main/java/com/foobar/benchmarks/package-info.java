/**
 * TODO.
 */
@NullMarked
package com.foobar.benchmarks;

import org.jspecify.annotations.NullMarked;
