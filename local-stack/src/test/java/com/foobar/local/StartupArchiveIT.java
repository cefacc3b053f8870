package com.foobar.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

import com.foobar.local.process.StackException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records the start of an application by a real JVM.
 */
class StartupArchiveIT {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path jar;

	@BeforeEach
	void makeJar() throws IOException {
		this.jar = RecordedApplication.jar(this.directory);
	}

	@Test
	void startUsesTheRecordedArchive() throws Exception {
		assertThat(StartupArchive.find(this.jar)).isEmpty();
		StartupArchive.record(this.jar, List.of(), List.of("0"));
		StartupArchive archive = StartupArchive.find(this.jar).orElseThrow();
		// With -Xshare:on the JVM ends if it cannot use the archive.
		Process start = new ProcessBuilder(StartupArchive.java(), "-Xshare:on", archive.option(),
				"-Xlog:class+load:file=" + this.directory.resolve("classes.log"), "-jar", archive.jar().toString(), "0")
			.inheritIO()
			.start();
		assertThat(start.waitFor()).isZero();
		assertThat(Files.readAllLines(this.directory.resolve("classes.log")))
			.anyMatch((line) -> line.contains("com.foobar.local.RecordedApplication ")
					&& line.contains("shared objects file"));
	}

	@Test
	void recordedArchiveIsNotRecordedAgain() throws IOException {
		StartupArchive.record(this.jar, List.of(), List.of("0"));
		Path classes = StartupArchive.find(this.jar).orElseThrow().classes();
		Object file = Files.readAttributes(classes, BasicFileAttributes.class).fileKey();
		StartupArchive.record(this.jar, List.of(), List.of("0"));
		assertThat(Files.readAttributes(classes, BasicFileAttributes.class).fileKey()).isEqualTo(file);
	}

	@Test
	void archiveOfOtherContentIsNotUsed() throws IOException {
		StartupArchive.record(this.jar, List.of(), List.of("0"));
		try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + this.jar.toUri()), Map.of())) {
			Files.writeString(zip.getPath("changed.txt"), "a new version");
		}
		assertThat(StartupArchive.find(this.jar)).isEmpty();
	}

	@Test
	void failedStartLeavesNoArchive() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> StartupArchive.record(this.jar, List.of(), List.of("2")))
			.withMessageContaining("ended with 2");
		assertThat(StartupArchive.find(this.jar)).isEmpty();
	}

}
