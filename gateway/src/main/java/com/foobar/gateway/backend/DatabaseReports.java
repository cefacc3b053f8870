package com.foobar.gateway.backend;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest report of each backend. They come with the answers to its readiness checks,
 * so that showing the databases needs no access beyond that. Thread-safe.
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
	 * Notes what a backend reports; does nothing if it is gone.
	 * @param backend who reports
	 * @param databases what it says; empty if it says nothing any more
	 */
	public void report(Backend backend, List<DatabaseReport> databases) {
		this.reports.replace(backend, databases);
	}

	/** What each backend last reported; empty for one that reports nothing. */
	public Map<Backend, List<DatabaseReport>> latest() {
		return Map.copyOf(this.reports);
	}

}
