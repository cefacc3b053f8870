/**
 * Who may ask, how often, and how many at once.
 */
@NullMarked
package com.foobar.gateway.limit;

import org.jspecify.annotations.NullMarked;
