/**
 * The whole stack, compared with what a team would choose instead.
 */
@NullMarked
package com.foobar.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
