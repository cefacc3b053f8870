/**
 * One line for each request.
 */
@NullMarked
package com.foobar.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
