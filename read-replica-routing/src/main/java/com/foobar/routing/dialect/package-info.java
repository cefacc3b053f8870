/**
 * What each kind of server is asked about its replication, and what its answers mean.
 */
@NullMarked
package com.foobar.routing.dialect;

import org.jspecify.annotations.NullMarked;
