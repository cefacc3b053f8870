/**
 * Child processes: their start, their end, and the record by which a later run finds what
 * an earlier one left behind.
 */
@NullMarked
package com.foobar.local.process;

import org.jspecify.annotations.NullMarked;
