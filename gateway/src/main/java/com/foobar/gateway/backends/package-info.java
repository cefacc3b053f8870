/**
 * Which backends there are, what is known of each, and where they are looked up.
 */
@NullMarked
package com.foobar.gateway.backends;

import org.jspecify.annotations.NullMarked;
