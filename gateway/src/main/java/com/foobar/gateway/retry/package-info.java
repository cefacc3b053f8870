/**
 * Whether a failed attempt may be repeated on another backend.
 */
@NullMarked
package com.foobar.gateway.retry;

import org.jspecify.annotations.NullMarked;
