/**
 * Load balancing: which of the eligible backends gets a request.
 */
@NullMarked
package com.foobar.gateway.loadbalancer;

import org.jspecify.annotations.NullMarked;
