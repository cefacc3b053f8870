/**
 * TODO.
 */
@NullMarked
package com.foobar.local;

import org.jspecify.annotations.NullMarked;
