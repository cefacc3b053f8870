/**
 * Sends a request to a backend, retries it, and passes the response on to the client.
 */
@NullMarked
package com.foobar.gateway.proxy;

import org.jspecify.annotations.NullMarked;
