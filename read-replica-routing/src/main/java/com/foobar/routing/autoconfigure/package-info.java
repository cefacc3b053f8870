/**
 * Registers the routing DataSource in front of the application's own when replicas are
 * configured.
 */
@NullMarked
package com.foobar.routing.autoconfigure;

import org.jspecify.annotations.NullMarked;
