package com.foobar.local.process;

import java.util.List;

/**
 * Kills processes when the JVM ends before this is closed.
 */
public final class KillOnExit implements AutoCloseable {

	private final Thread hook;

	public KillOnExit(List<? extends ManagedProcess> processes) {
		this.hook = new Thread(
				() -> processes.forEach((process) -> process.handle().ifPresent(ProcessHandle::destroyForcibly)),
				"kill-on-exit");
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// The JVM is ending: the hook runs, and finds nothing to kill.
		}
	}

}
