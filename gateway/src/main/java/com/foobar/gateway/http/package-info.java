/**
 * HTTP as the gateway reads and writes it: hosts, targets, headers and problem details.
 */
@NullMarked
package com.foobar.gateway.http;

import org.jspecify.annotations.NullMarked;
