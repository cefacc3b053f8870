/**
 * The cost of pages of notices in the database.
 */
@NullMarked
package com.foobar.benchmarks.notices;

import org.jspecify.annotations.NullMarked;
