/**
 * A MariaDB primary and its replicas with real GTID replication, as child processes of
 * this JVM.
 */
@NullMarked
package com.foobar.local.database;

import org.jspecify.annotations.NullMarked;
