/**
 * Everything between the client's socket and the route table: hosts, request ids,
 * headers, limits, errors, the access log.
 */
@NullMarked
package com.foobar.gateway.edge;

import org.jspecify.annotations.NullMarked;
