/**
 * Whether a backend is ready, asked of the backend itself.
 */
@NullMarked
package com.foobar.gateway.health;

import org.jspecify.annotations.NullMarked;
