package com.foobar.local.cli;

import com.foobar.local.process.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry point.
 */
@Command(name = "foobar", mixinStandardHelpOptions = true, version = "foobar 0.1.0",
		description = "Runs the whole site on this machine: a load balancer, two web-apps, a primary and its replica.",
		subcommands = { UpCommand.class, DownCommand.class, StatusCommand.class, DoctorCommand.class,
				BootstrapCommand.class, TrustCommand.class, RecordStartupCommand.class, CommandLine.HelpCommand.class },
		footerHeading = "%nExit codes:%n",
		footer = { "  0  done", "  1  failed; the message says why", "  2  the command line is wrong",
				"  3  this machine lacks a requirement; nothing was started",
				"  4  the stack does not run, or a component is not healthy" })
public final class Foobar {

	private Foobar() {
	}

	public static void main(String[] args) {
		System.exit(run(args));
	}

	static int run(String... args) {
		return new CommandLine(new Foobar()).setExecutionExceptionHandler(Foobar::explain)
			.setUsageHelpAutoWidth(true)
			.execute(args);
	}

	private static int explain(Exception ex, CommandLine commandLine, CommandLine.ParseResult result) throws Exception {
		if (ex instanceof UsageException || ex instanceof StackException) {
			commandLine.getErr().println(commandLine.getColorScheme().errorText("foobar: " + ex.getMessage()));
			return (ex instanceof UsageException) ? ExitCode.USAGE : ExitCode.FAILED;
		}
		throw ex;
	}

}
