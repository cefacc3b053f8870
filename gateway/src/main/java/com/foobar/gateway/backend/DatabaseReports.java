package com.foobar.gateway.backend;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The latest database report of each backend. It is part of the response to the readiness
 * check, so the gateway needs no access to the databases. Thread-safe.
 */
public class DatabaseReports implements BackendsListener {

	private final Map<Backend, List<DatabaseReport>> reports = new ConcurrentHashMap<>();

	@Override
	public void added(Backend backend) {
		this.reports.put(backend, List.of());
	}

	@Override
	public void removed(Backend backend) {
		this.reports.remove(backend);
	}

	/**
	 * Records what a backend reports; does nothing if it was removed.
	 * @param backend the reporting backend
	 * @param databases what it reports; empty if it reports nothing
	 */
	public void report(Backend backend, List<DatabaseReport> databases) {
		this.reports.replace(backend, databases);
	}

	/** The last report of each backend; empty for one that reports nothing. */
	public Map<Backend, List<DatabaseReport>> latest() {
		return Map.copyOf(this.reports);
	}

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

}
