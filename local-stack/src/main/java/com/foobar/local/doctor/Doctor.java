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
import com.foobar.local.process.PartException;

/**
 * Looks whether the stack can run on this machine. Starts nothing, changes nothing but
 * the cache that the database server is unpacked into.
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
			return MachineCheck.check(Machine.read(this.layout.directory()), this.ports.webApps().size(),
					this.ports.databases().size());
		}
		catch (IOException ex) {
			return List.of(Finding.warning("machine", "memory and disk cannot be read: " + ex));
		}
	}

	private Finding directory() {
		Path directory = this.layout.directory();
		Path existing = directory;
		while (!Files.exists(existing) && existing.getParent() != null) {
			existing = existing.getParent();
		}
		if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
			return Finding.problem("directory", String.format(Locale.ROOT,
					"%s cannot be written by %s; expected a directory of one's own. Name another with --directory",
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
		catch (PartException ex) {
			return Finding.problem("database", String.valueOf(ex.getMessage()));
		}
	}

	private static Finding jars() {
		try {
			Jars jars = Jars.find();
			return Finding.good("applications", jars.webApp() + ", " + jars.gateway());
		}
		catch (PartException ex) {
			return Finding.problem("applications", String.valueOf(ex.getMessage()));
		}
	}

}
