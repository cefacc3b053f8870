/**
 * What pages of notices cost the database.
 */
@NullMarked
package com.foobar.benchmarks.notices;

import org.jspecify.annotations.NullMarked;
