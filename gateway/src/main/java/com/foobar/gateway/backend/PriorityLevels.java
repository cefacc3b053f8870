package com.foobar.gateway.backend;

import java.util.List;

/**
 * Those who may serve a kind of request. Immutable; the order changes only when the set
 * does.
 *
 * @param active who serves
 * @param backups who serves once none of the active is left
 */
public record PriorityLevels(List<EligibleBackend> active, List<EligibleBackend> backups) {

	static final PriorityLevels NONE = new PriorityLevels(List.of(), List.of());

	/** Whether nobody is there. */
	public boolean isEmpty() {
		return this.active.isEmpty() && this.backups.isEmpty();
	}

	/** Who serves now. */
	public List<EligibleBackend> serving() {
		return this.active.isEmpty() ? this.backups : this.active;
	}

	/** How many there are, backups included. */
	public int size() {
		return this.active.size() + this.backups.size();
	}

}
