/**
 * Tests of the stack as a whole, and of the module's structure.
 */
@NullMarked
package com.foobar.local;

import org.jspecify.annotations.NullMarked;
