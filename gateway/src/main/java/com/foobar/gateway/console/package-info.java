/**
 * The operators' page on the management port.
 */
@NullMarked
package com.foobar.gateway.console;

import org.jspecify.annotations.NullMarked;
