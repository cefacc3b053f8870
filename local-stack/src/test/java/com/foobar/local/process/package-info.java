/**
 * Tests of child processes.
 */
@NullMarked
package com.foobar.local.process;

import org.jspecify.annotations.NullMarked;
