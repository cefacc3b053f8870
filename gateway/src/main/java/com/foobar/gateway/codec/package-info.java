/**
 * HTTP/1.1 on the connections to backends: what is read there belongs to a request.
 */
@NullMarked
package com.foobar.gateway.codec;

import org.jspecify.annotations.NullMarked;
