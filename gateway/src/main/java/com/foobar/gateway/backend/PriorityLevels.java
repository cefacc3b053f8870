package com.foobar.gateway.backend;

import java.util.List;

/**
 * The eligible backends for a kind of request, by priority. Immutable; the order changes
 * only when the set does.
 *
 * @param active backends of the first level
 * @param backups backends used when no active one is eligible
 */
public record PriorityLevels(List<EligibleBackend> active, List<EligibleBackend> backups) {

	static final PriorityLevels NONE = new PriorityLevels(List.of(), List.of());

	/** Whether no backend is eligible. */
	public boolean isEmpty() {
		return this.active.isEmpty() && this.backups.isEmpty();
	}

	/** The backends of the first level that is not empty. */
	public List<EligibleBackend> serving() {
		return this.active.isEmpty() ? this.backups : this.active;
	}

	/** Number of eligible backends, including backups. */
	public int size() {
		return this.active.size() + this.backups.size();
	}

}
