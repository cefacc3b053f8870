/**
 * The queries for the replication state of each kind of server, and the meaning of their
 * results.
 */
@NullMarked
package com.foobar.routing.dialect;

import org.jspecify.annotations.NullMarked;
