package com.foobar.system;

/**
 * The tests of {@link StackContract} with the stack that {@code ./foobar up} runs. Needs
 * no Docker engine.
 */
class LocalStackIT extends StackContract {

	@Override
	RunningStack start() {
		return LocalProcesses.up();
	}

}
