/**
 * Detects read-only connections that may be followed by a write, and so belong on the
 * primary.
 */
@NullMarked
package com.foobar.routing.intent;

import org.jspecify.annotations.NullMarked;
