/**
 * Sends read-only transactions to replicas and everything else to the primary: the
 * routing DataSource, the decision it takes and the picture of the database it takes it
 * on.
 */
@NullMarked
package com.foobar.routing;

import org.jspecify.annotations.NullMarked;
