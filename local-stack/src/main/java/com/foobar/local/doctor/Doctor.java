package com.foobar.local.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.foobar.local.Jars;
import com.foobar.local.Layout;
import com.foobar.local.Ports;
import com.foobar.local.database.Distribution;
import com.foobar.local.process.StackException;

/**
 * Checks whether the stack can run on this machine. Starts nothing, and changes only the
 * cache that the database server is unpacked into.
 */
public final class Doctor {

	private final Layout layout;

	private final Ports ports;

	private final Optional<Path> mariaDbHome;

	public Doctor(Layout layout, Ports ports, Optional<Path> mariaDbHome) {
		this.layout = layout;
		this.ports = ports;
		this.mariaDbHome = mariaDbHome;
	}

	/**
	 * Makes all checks.
	 */
	public List<Finding> check() {
		List<Finding> findings = new ArrayList<>();
		findings.addAll(machine());
		findings.add(directory());
		findings.add(database());
		findings.add(jars());
		findings.addAll(PortCheck.check(this.ports));
		return findings;
	}

	private List<Finding> machine() {
		try {
			return Machine.read(this.layout.directory())
				.check(this.ports.webApps().size(), this.ports.databases().size());
		}
		catch (IOException ex) {
			return List.of(Finding.warning("machine", "memory and disk cannot be read: " + ex));
		}
	}

	private Finding directory() {
		Path directory = this.layout.directory();
		Path existing = existing(directory);
		if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
			return Finding.problem("directory", String.format(Locale.ROOT,
					"%s is not writable for %s; expected a writable directory. Choose another one with --directory",
					existing, System.getProperty("user.name")));
		}
		return Finding.good("directory", directory.toString());
	}

	private Finding database() {
		try {
			Distribution distribution = this.mariaDbHome.map(Distribution::installedIn)
				.orElseGet(Distribution::unpacked);
			return Finding.good("database", distribution.version());
		}
		catch (StackException ex) {
			return Finding.problem("database", String.valueOf(ex.getMessage()));
		}
	}

	private static Finding jars() {
		try {
			Jars jars = Jars.find();
			return Finding.good("applications", jars.webApp() + ", " + jars.gateway());
		}
		catch (StackException ex) {
			return Finding.problem("applications", String.valueOf(ex.getMessage()));
		}
	}

	static Path existing(Path directory) {
		Path existing = directory.toAbsolutePath();
		while (!Files.exists(existing) && existing.getParent() != null) {
			existing = existing.getParent();
		}
		return existing;
	}

}
