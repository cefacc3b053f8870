/**
 * Tests of the commands.
 */
@NullMarked
package com.foobar.local.cli;

import org.jspecify.annotations.NullMarked;
