package com.foobar.system;

/**
 * The promises of {@link StackContract}, kept by the stack that {@code ./foobar up} runs.
 * Needs no Docker engine.
 */
class LocalStackIT extends StackContract {

	@Override
	RunningStack start() {
		return LocalProcesses.up();
	}

}
