/**
 * The routing DataSource and its lazy connections, which take a pooled connection at the
 * first statement.
 */
@NullMarked
package com.foobar.routing.connection;

import org.jspecify.annotations.NullMarked;
