package com.foobar.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code foobar trust}. It prints commands and runs none: the user decides what a machine
 * trusts, and the change takes privileges that this program should not have.
 */
@Command(name = "trust", mixinStandardHelpOptions = true,
		description = "Prints how to make browsers and tools trust the certificate of the site. Changes nothing.")
final class TrustCommand implements Callable<Integer> {

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions.Place place;

	@Option(names = "--on", paramLabel = "SYSTEM",
			description = "the store: debian, fedora, macos, windows, chromium, firefox or tools (default: this machine's system, firefox and tools)")
	private @Nullable String on;

	@Option(names = "--certificate", paramLabel = "FILE",
			description = "the authority's certificate (default: ca.crt of the stack)")
	private @Nullable Path certificate;

	@Option(names = "--remove", description = "print how to remove the certificate again")
	private boolean remove;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		Path file = (this.certificate != null) ? this.certificate.toAbsolutePath().normalize()
				: this.place.layout().certificateAuthority();
		PrintWriter out = this.spec.commandLine().getOut();
		if (!Files.isReadable(file)) {
			this.spec.commandLine()
				.getErr()
				.println("foobar: there is no certificate at " + file
						+ ". ./foobar up creates it; for Docker Compose copy it with: "
						+ "docker compose cp gateway:/run/secrets/ca.crt foobar-ca.crt");
			return ExitCode.FAILED;
		}
		String thumbprint = thumbprint(file);
		for (TrustStore store : stores()) {
			out.println(store.title() + ":");
			store.steps(file.toString(), thumbprint, this.remove).forEach((step) -> out.println("    " + step));
			out.println();
		}
		out.println(this.remove ? "Restart the browser."
				: "The authority can sign for this project's names only. Restart the browser. To remove the "
						+ "certificate again: foobar trust --remove");
		out.flush();
		return ExitCode.OK;
	}

	private static String thumbprint(Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(read.getEncoded()));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new UsageException(String.format(Locale.ROOT,
					"%s is not a certificate (%s); expected that of the authority, in PEM", file, ex.getMessage()));
		}
	}

	private List<TrustStore> stores() {
		if (this.on == null) {
			TrustStore system = TrustStore.ofSystem(System.getProperty("os.name"));
			return (system == TrustStore.DEBIAN)
					? List.of(system, TrustStore.CHROMIUM, TrustStore.FIREFOX, TrustStore.TOOLS)
					: List.of(system, TrustStore.FIREFOX, TrustStore.TOOLS);
		}
		String name = this.on.toUpperCase(Locale.ROOT);
		return List.of(Arrays.stream(TrustStore.values())
			.filter((store) -> store.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new UsageException(String.format(Locale.ROOT, "--on is %s; expected one of %s", this.on,
					Arrays.stream(TrustStore.values())
						.map((store) -> store.name().toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(", "))))));
	}

}
