package com.foobar.local;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.local.process.Directories;
import com.foobar.local.process.StackException;
import com.foobar.local.secrets.Secrets;
import com.foobar.local.secrets.SecretsRequest;
import org.jspecify.annotations.Nullable;

/**
 * The executable jars of the services.
 */
public record Jars(Path webApp, Path gateway) {

	/**
	 * Finds the jars of the build, in the project of this class or of the working
	 * directory. The system properties {@code foobar.web-app.jar} and
	 * {@code foobar.gateway.jar} name other ones.
	 * @throws StackException if one is missing
	 */
	public static Jars find() {
		return new Jars(find("web-app"), find("gateway"));
	}

	/**
	 * Records what a start of the applications loads, so that later starts on this JVM
	 * take less than half the processor time. Needs no database.
	 * @throws StackException if an application cannot be started for this
	 */
	public void recordStartup() {
		Path secrets = Directories.createTemporary("foobar-startup");
		try {
			Secrets.ensure(new SecretsRequest(secrets, Layout.nodes(0), secrets.toString(), List.of()),
					Clock.systemUTC());
			Services.recordStartup(this, secrets);
		}
		finally {
			Directories.removeTemporary(secrets);
		}
	}

	private static Path find(String module) {
		String property = "foobar." + module + ".jar";
		@Nullable String override = System.getProperty(property);
		if (override != null) {
			Path jar = Path.of(override).toAbsolutePath();
			if (!Files.isRegularFile(jar)) {
				throw StackException.of("-D%s is %s; expected an existing file", property, jar);
			}
			return jar;
		}
		Path inProject = Path.of(module, "target", module + ".jar");
		return Stream.concat(ancestors(Path.of("").toAbsolutePath()), ancestors(ownLocation()))
			.map((directory) -> directory.resolve(inProject))
			.filter(Files::isRegularFile)
			.findFirst()
			.orElseThrow(() -> StackException.of(
					"%s is missing. Build it with ./mvnw package -Dmaven.test.skip=true, or name it with -D%s=FILE",
					inProject, property));
	}

	private static Stream<Path> ancestors(@Nullable Path start) {
		return Stream.iterate(start, (path) -> path != null, Path::getParent);
	}

	private static @Nullable Path ownLocation() {
		@Nullable CodeSource source = Jars.class.getProtectionDomain().getCodeSource();
		try {
			// In the executable jar this is a URL within a jar, which is no path.
			return (source != null && "file".equals(source.getLocation().getProtocol()))
					? Path.of(source.getLocation().toURI()) : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
