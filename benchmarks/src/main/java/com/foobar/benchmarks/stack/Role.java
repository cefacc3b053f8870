package com.foobar.benchmarks.stack;

/**
 * What a process does in its chain. Processor time is summed up for each role.
 */
enum Role {

	EDGE("gateway or balancer"), APPLICATION("applications"), PRIMARY("MySQL primary"), REPLICA("MySQL replica");

	private final String label;

	Role(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
