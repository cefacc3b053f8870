/**
 * Who may give orders on the management port.
 */
@NullMarked
package com.foobar.gateway.control;

import org.jspecify.annotations.NullMarked;
