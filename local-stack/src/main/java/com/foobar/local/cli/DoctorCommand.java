package com.foobar.local.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.foobar.local.StackState;
import com.foobar.local.doctor.Doctor;
import com.foobar.local.doctor.Finding;
import com.foobar.local.doctor.Finding.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code foobar doctor}.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true,
		description = "Checks whether the stack can run on this machine. Starts nothing.")
final class DoctorCommand implements Callable<Integer> {

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions options;

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions.Place place;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		Terminal terminal = new Terminal(this.spec.commandLine().getOut());
		Optional<ProcessHandle> supervisor = new StackState(this.place.layout()).supervisor();
		if (supervisor.isPresent()) {
			terminal.line(String.format(Locale.ROOT, "The stack is running (process %d), so its ports are in use.",
					supervisor.get().pid()));
			return ExitCode.OK;
		}
		List<Finding> findings = new Doctor(this.place.layout(), this.options.ports(), this.options.mariaDbHome())
			.check();
		findings.forEach(terminal::finding);
		return findings.stream().anyMatch((finding) -> finding.severity() == Severity.PROBLEM) ? ExitCode.UNFIT
				: ExitCode.OK;
	}

}
