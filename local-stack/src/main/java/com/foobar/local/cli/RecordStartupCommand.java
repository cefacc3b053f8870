package com.foobar.local.cli;

import java.util.concurrent.Callable;

import com.foobar.local.Jars;
import picocli.CommandLine.Command;

/**
 * {@code foobar record-startup}, a step of the build.
 */
@Command(name = "record-startup", mixinStandardHelpOptions = true, hidden = true,
		description = "Records the classes that web-app and gateway load at their start, so that they start faster.")
final class RecordStartupCommand implements Callable<Integer> {

	@Override
	public Integer call() {
		Jars.find().recordStartup();
		return ExitCode.OK;
	}

}
