package com.foobar.local.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

import com.foobar.local.secrets.Owner;
import com.foobar.local.secrets.Secrets;
import com.foobar.local.secrets.SecretsRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code foobar bootstrap}.
 */
@Command(name = "bootstrap", mixinStandardHelpOptions = true,
		description = "Creates the certificate authority, the certificates and the passwords that do not exist yet, one "
				+ "directory per consumer, and renews certificates near their end. Keeps everything else.")
final class BootstrapCommand implements Callable<Integer> {

	@Option(names = "--directory", required = true, paramLabel = "DIR",
			description = "the directory that holds one directory per consumer")
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Option(names = "--owner", paramLabel = "NAME=UID:GID", converter = OwnerConverter.class,
			description = "the owner of a consumer's files; repeatable; default: the user who runs this")
	private List<Owner> owners = List.of();

	@Option(names = "--nodes", paramLabel = "NAME", split = ",",
			description = "the database servers, first the primary (default: ${DEFAULT-VALUE})",
			defaultValue = "mysql-primary,mysql-replica-1")
	private List<String> nodes = List.of();

	@Option(names = "--mount", paramLabel = "DIR", defaultValue = "/run/secrets",
			description = "the path at which a consumer mounts its directory (default: ${DEFAULT-VALUE})")
	private String mount = "";

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		SecretsRequest request;
		try {
			request = new SecretsRequest(this.directory, this.nodes, this.mount, this.owners);
		}
		catch (IllegalArgumentException ex) {
			throw new CommandLine.ParameterException(this.spec.commandLine(), ex.getMessage(), ex);
		}
		List<String> changes = Secrets.ensure(request, Clock.systemUTC());
		changes.forEach(this.spec.commandLine().getOut()::println);
		if (changes.isEmpty()) {
			this.spec.commandLine().getOut().println("All secrets exist.");
		}
		return ExitCode.OK;
	}

	static final class OwnerConverter implements CommandLine.ITypeConverter<Owner> {

		@Override
		public Owner convert(String value) {
			try {
				return Owner.parse(value);
			}
			catch (IllegalArgumentException ex) {
				throw new CommandLine.TypeConversionException(ex.getMessage());
			}
		}

	}

}
