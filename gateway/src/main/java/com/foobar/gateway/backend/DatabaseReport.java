package com.foobar.gateway.backend;

import org.jspecify.annotations.Nullable;

/**
 * One database server, as one backend reports it.
 *
 * @param name the backend's name for it
 * @param role {@code primary} or {@code replica}
 * @param eligible whether the backend uses it for new transactions
 * @param status its state, as text of the backend
 * @param lagMillis its replication lag; null if unknown
 * @param reads connections that the backend opened there to read, since its start
 * @param writes connections that the backend opened there and that may have written
 */
public record DatabaseReport(String name, String role, boolean eligible, String status, @Nullable Long lagMillis,
		long reads, long writes) {
}
