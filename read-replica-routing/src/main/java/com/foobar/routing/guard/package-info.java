/**
 * Explains what the application did wrong, in words of the application.
 */
@NullMarked
package com.foobar.routing.guard;

import org.jspecify.annotations.NullMarked;
