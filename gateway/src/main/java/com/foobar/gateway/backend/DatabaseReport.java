package com.foobar.gateway.backend;

import org.jspecify.annotations.Nullable;

/**
 * One database server, as one backend sees and uses it.
 *
 * @param name what the backend calls it
 * @param role {@code primary} or {@code replica}
 * @param eligible whether the backend sends it new work
 * @param status its state in the backend's words
 * @param lagMillis how far it is behind; null if that is not known
 * @param reads connections that the backend opened there to read, since its start
 * @param writes connections that the backend opened there and that may have written
 */
public record DatabaseReport(String name, String role, boolean eligible, String status, @Nullable Long lagMillis,
		long reads, long writes) {
}
