/**
 * Which addresses may send requests, at what rate, and how many at once.
 */
@NullMarked
package com.foobar.gateway.limit;

import org.jspecify.annotations.NullMarked;
