/**
 * Real database servers with real replication, for the integration tests.
 */
@NullMarked
package com.foobar.routing.servers;

import org.jspecify.annotations.NullMarked;
