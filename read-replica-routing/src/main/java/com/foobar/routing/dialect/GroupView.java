package com.foobar.routing.dialect;

/**
 * How a member of a replication group sees itself and the others. Immutable.
 *
 * @param state the member's state, such as {@code ONLINE}; {@code OFFLINE} when it
 * belongs to no group
 * @param primary whether it has the role of the primary
 * @param majority whether it reaches more than half of the members in its view
 */
public record GroupView(String state, boolean primary, boolean majority) {

	/**
	 * Whether the member takes part in the group.
	 * @return whether it is online
	 */
	public boolean isOnline() {
		return this.state.equals("ONLINE");
	}

}
