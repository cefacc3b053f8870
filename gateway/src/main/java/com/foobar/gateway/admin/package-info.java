/**
 * The console and its authentication on the management port.
 */
@NullMarked
package com.foobar.gateway.admin;

import org.jspecify.annotations.NullMarked;
