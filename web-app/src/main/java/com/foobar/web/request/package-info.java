/**
 * Filters that every request passes before a controller: request id, body size, origin.
 */
@NullMarked
package com.foobar.web.request;

import org.jspecify.annotations.NullMarked;
