package com.foobar.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium that is installed on this machine; none is downloaded. Without one the
 * tests are skipped with a message; with {@code CI=true} in the environment they fail.
 */
final class Chromium implements AutoCloseable {

	private static final List<String> PATHS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path executable) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
				.setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
	}

	static Chromium launch() {
		Optional<Path> executable = PATHS.stream().map(Path::of).filter(Files::isExecutable).findFirst();
		if (executable.isEmpty()) {
			String message = "Skipped: the browser tests need Chromium, and there is none in any of " + PATHS
					+ ". On Debian: apt-get install chromium";
			if ("true".equals(System.getenv("CI"))) {
				throw new AssertionError(message);
			}
			System.err.println(message);
			Assumptions.abort(message);
		}
		return new Chromium(executable.orElseThrow());
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.playwright.close();
	}

}
