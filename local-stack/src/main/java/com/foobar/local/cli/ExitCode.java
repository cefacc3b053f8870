package com.foobar.local.cli;

/**
 * The exit codes of the commands.
 */
final class ExitCode {

	static final int OK = 0;

	/** It failed; the message says why. */
	static final int FAILED = 1;

	/** The command line is wrong. */
	static final int USAGE = 2;

	/** This machine lacks a requirement; nothing was started. */
	static final int UNFIT = 3;

	/** The stack does not run, or a component is not healthy. */
	static final int NOT_HEALTHY = 4;

	private ExitCode() {
	}

}
