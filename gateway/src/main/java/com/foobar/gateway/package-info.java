/**
 * The load balancer in front of the web-app instances: the application and its route
 * table.
 */
@NullMarked
package com.foobar.gateway;

import org.jspecify.annotations.NullMarked;
