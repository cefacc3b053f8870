package com.foobar.local.cli;

/**
 * What a command answers to the shell that ran it.
 */
final class ExitCode {

	static final int OK = 0;

	/** It failed; the message says why. */
	static final int FAILED = 1;

	/** The command line is wrong. */
	static final int USAGE = 2;

	/** This machine is not fit for it; nothing was started. */
	static final int UNFIT = 3;

	/** The stack does not run, or a part of it is not healthy. */
	static final int NOT_HEALTHY = 4;

	private ExitCode() {
	}

}
