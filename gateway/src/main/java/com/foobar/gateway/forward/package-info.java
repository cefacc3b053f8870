/**
 * Carries a request to a backend and its response back to the client.
 */
@NullMarked
package com.foobar.gateway.forward;

import org.jspecify.annotations.NullMarked;
