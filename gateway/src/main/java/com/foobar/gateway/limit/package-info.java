/**
 * Limits of the site: client addresses, request rate, and concurrent requests.
 */
@NullMarked
package com.foobar.gateway.limit;

import org.jspecify.annotations.NullMarked;
