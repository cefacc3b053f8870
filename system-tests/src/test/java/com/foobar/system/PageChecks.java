package com.foobar.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks of accessibility and layout: axe's rules for WCAG 2.2 AA and no horizontal
 * scrolling, in light and dark, on a desktop and on a phone. A screenshot of each is kept
 * in {@code target/screenshots}.
 */
final class PageChecks {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	private static final String MISSING_RESOURCES = """
			() => [...document.querySelectorAll('link[rel=stylesheet]')]
			  .filter((link) => !link.sheet || link.sheet.cssRules.length === 0).map((link) => link.href)
			  .concat([...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src))
			""";

	private PageChecks() {
	}

	/**
	 * Checks the page in its current state, and keeps what is typed into its forms.
	 * @param page the page
	 * @param name the name of its screenshots
	 */
	static void check(Page page, String name) {
		try {
			for (Screen screen : Screen.values()) {
				for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
					page.setViewportSize(screen.width, screen.height);
					page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
					check(page, name, screen, scheme);
				}
			}
		}
		finally {
			page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
			page.setViewportSize(Screen.DESKTOP.width, Screen.DESKTOP.height);
		}
	}

	/**
	 * Checks the printed page.
	 * @param page the page
	 * @param name the name of its screenshot
	 */
	static void checkPrint(Page page, String name) {
		page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
		try {
			page.screenshot(
					new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + "-print.png")));
			assertThat(page.locator("h1").isVisible()).as("%s: the heading is printed", name).isTrue();
			assertThat(page.locator("nav:visible, form:visible, .button:visible").count())
				.as("%s: controls that are of no use on paper", name)
				.isZero();
		}
		finally {
			page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(ColorScheme.LIGHT));
		}
	}

	private static void check(Page page, String name, Screen screen, ColorScheme scheme) {
		String variant = (name + "-" + screen + "-" + scheme).toLowerCase(Locale.ROOT);
		page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(variant + ".png")));
		assertThat(page.evaluate(MISSING_RESOURCES)).as("%s: missing stylesheets and images", variant)
			.isEqualTo(List.of());
		// There are no frames, for which axe would open a second page.
		assertThat(new AxeBuilder(page).setLegacyMode(true).withTags(RULES).analyze().getViolations())
			.as("%s: violations of WCAG", variant)
			.isEmpty();
		assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.as("%s: pixels of horizontal scrolling", variant)
			.isEqualTo(0);
	}

	/**
	 * The size of the viewport.
	 */
	enum Screen {

		DESKTOP(1280, 900), PHONE(350, 760);

		final int width;

		final int height;

		Screen(int width, int height) {
			this.width = width;
			this.height = height;
		}

	}

}
