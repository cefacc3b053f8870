/**
 * Which of the usable backends serves a request.
 */
@NullMarked
package com.foobar.gateway.balance;

import org.jspecify.annotations.NullMarked;
