/**
 * Which of the eligible backends serves a request.
 */
@NullMarked
package com.foobar.gateway.loadbalancer;

import org.jspecify.annotations.NullMarked;
