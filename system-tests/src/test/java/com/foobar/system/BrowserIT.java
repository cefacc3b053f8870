package com.foobar.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The site as a person uses it: in a browser, through the gateway, over https. Pictures
 * of all pages are left in {@code target/screenshots}.
 */
class BrowserIT {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final String PASSWORD = "correct horse battery staple";

	private static Chromium chromium;

	private static RunningStack stack;

	@SuppressWarnings("NullAway.Init")
	private BrowserContext context;

	@SuppressWarnings("NullAway.Init")
	private Page page;

	@BeforeAll
	static void start() {
		chromium = Chromium.launch();
		// Nothing waits it out where the machine is not busy.
		PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
		stack = LocalProcesses.up();
	}

	@AfterAll
	static void stop() {
		if (stack != null) {
			stack.close();
		}
		if (chromium != null) {
			chromium.close();
		}
	}

	private void open(Consumer<Browser.NewContextOptions> more) {
		Browser.NewContextOptions options = new Browser.NewContextOptions().setBaseURL(stack.site().toString())
			// Whom the certificate is from is checked by the other tests.
			.setIgnoreHTTPSErrors(true)
			.setViewportSize(1280, 900);
		more.accept(options);
		this.context = chromium.browser().newContext(options);
		this.context.setDefaultTimeout(60_000);
		this.page = this.context.newPage();
	}

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void memberJoinsWritesSeesItAtOnceAndFindsItWithoutAnyScript() {
		open((options) -> options.setJavaScriptEnabled(false));
		join("Ada Lovelace");
		String word = word();
		write("About " + word, "Written in a browser <b>without</b> scripts.");
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("Your notice is posted");
		assertThat(heading("About " + word)).isVisible();
		for (int i = 0; i < 4; i++) {
			this.page.reload();
			assertThat(heading("About " + word)).isVisible();
		}
		this.page.getByLabel("Search the notices").fill(word.substring(0, 8));
		button("Show").click();
		assertThat(heading("About " + word)).isVisible();
		link("About " + word).click();
		assertThat(this.page.getByText("<b>without</b>")).isVisible();
		assertThat(this.page.locator(".way")).containsText("gateway");
		link("Delete").click();
		button("Delete it").click();
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("deleted");
		assertThat(heading("About " + word)).hasCount(0);
	}

	@Test
	void secondEditorIsShownBothTexts() {
		open((options) -> {
		});
		join("Grace Hopper");
		String word = word();
		write("Draft " + word, "The first text.");
		link("Draft " + word).click();
		link("Edit").click();
		String form = this.page.url();
		Page other = this.context.newPage();
		other.navigate(form);
		other.getByLabel("Text").fill("What the other one wrote.");
		other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
		assertThat(other.getByRole(AriaRole.STATUS)).containsText("Your change is saved");

		this.page.getByLabel("Text").fill("What I wrote.");
		button("Save").click();
		assertThat(this.page.getByRole(AriaRole.ALERT)).containsText("Somebody else changed this notice");
		assertThat(this.page.locator(".theirs")).containsText("What the other one wrote.");
		assertThat(this.page.getByLabel("Text")).hasValue("What I wrote.");
		picture("conflict");
		button("Save mine").click();
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("Your change is saved");
		assertThat(this.page.locator(".notice-text")).hasText("What I wrote.");
	}

	@Test
	void signInOutlivesTheInstanceThatItWasMadeOn() {
		open((options) -> {
		});
		join("Mary Jackson");
		for (String instance : stack.instances()) {
			stack.killInstance(instance);
			try {
				await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
					assertThat(go("/").status()).isEqualTo(200);
					assertThat(this.page.content()).contains("Mary Jackson");
				});
			}
			finally {
				stack.startInstance(instance);
			}
			await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
				go("/");
				return this.page.locator(".way").textContent().contains(instance);
			});
		}
		write("Still here " + word(), "After both instances were gone.");
		assertThat(this.page.getByRole(AriaRole.STATUS)).containsText("Your notice is posted");
	}

	@Test
	void textIsKeptWhileThePrimaryIsGoneAndPostedWhenItIsBack() {
		open((options) -> {
		});
		join("Katherine Johnson");
		String title = "Patience " + word();
		this.page.getByLabel("Title").fill(title);
		this.page.getByLabel("Text").fill("Typed before the primary went.");
		stack.stopPrimary();
		try {
			button("Post it").click();
			assertThat(this.page.getByRole(AriaRole.ALERT)).containsText("Writing is paused");
			assertThat(this.page.getByLabel("Title")).hasValue(title);
			assertThat(this.page.getByLabel("Text")).hasValue("Typed before the primary went.");
			assertThat(this.page.locator(".notice").first()).isVisible();
			picture("paused");
		}
		finally {
			stack.startPrimary();
		}
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).until(() -> {
			if (this.page.url().startsWith("chrome-error:")) {
				go("/");
				write(title, "Typed before the primary went.");
			}
			else {
				button("Post it").click();
			}
			return this.page.content().contains("Your notice is posted");
		});
		assertThat(heading(title)).isVisible();
	}

	@Test
	void everyPageIsAccessibleAndPhotographed() {
		for (boolean phone : List.of(false, true)) {
			for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
				open((options) -> options.setColorScheme(scheme)
					.setViewportSize(phone ? 390 : 1280, phone ? 844 : 900));
				String kind = (phone ? "phone" : "desktop") + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
				tour(kind);
				this.context.close();
			}
		}
	}

	private void tour(String kind) {
		visit("/", "board-guest", kind);
		visit("/?q=nothingatallmatchesthis", "search-empty", kind);
		visit("/nothing/here", "not-found", kind);
		visit("/api", "api", kind);
		visit("/sign-in", "sign-in", kind);
		button("Sign in").click();
		check("sign-in-errors", kind);
		visit("/join", "join", kind);
		button("Join").click();
		check("join-errors", kind);
		join("A Member With Quite A Long Name Who Writes Long Notices");
		check("board-member", kind);
		button("Post it").click();
		check("board-errors", kind);
		String word = word();
		write("A notice with so much to say that its title takes more than one line " + word,
				"One sentence after the other, and no end. ".repeat(60) + "x".repeat(200));
		check("board-posted", kind);
		this.page.getByText(word).first().click();
		check("notice", kind);
		link("Edit").click();
		check("edit", kind);
		link("Cancel").click();
		link("Delete").click();
		check("delete", kind);
		visit("/account", "account", kind);
		this.page.locator(".who").click();
		check("author", kind);
	}

	private void visit(String path, String name, String kind) {
		go(path);
		check(name, kind);
	}

	/**
	 * Chromium drops what is under way when a network interface of the machine comes or
	 * goes, as those of containers do.
	 */
	private Response go(String path) {
		for (int attempt = 1;; attempt++) {
			try {
				return Objects.requireNonNull(this.page.navigate(path), path);
			}
			catch (PlaywrightException ex) {
				String message = String.valueOf(ex.getMessage());
				if (attempt == 10
						|| !(message.contains("ERR_NETWORK_CHANGED") || message.contains("chrome-error://"))) {
					throw ex;
				}
			}
		}
	}

	private void check(String name, String kind) {
		picture(name + "-" + kind);
		assertThat(new AxeBuilder(this.page)
			.withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
			.analyze()
			.getViolations()).as("%s, %s: violations of WCAG", name, kind).isEmpty();
		Object overflow = this.page
			.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
		assertThat(overflow).as("%s, %s: pixels to scroll sideways", name, kind).isEqualTo(0);
	}

	private void picture(String name) {
		this.page
			.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
	}

	private void join(String name) {
		go("/join");
		this.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
		this.page.getByLabel("E-mail address").fill(UUID.randomUUID() + "@example.org");
		this.page.getByLabel("Password").fill(PASSWORD);
		button("Join").click();
		assertThat(this.page.locator(".who")).hasText(name);
	}

	private void write(String title, String text) {
		this.page.getByLabel("Title").fill(title);
		this.page.getByLabel("Text").fill(text);
		button("Post it").click();
	}

	private Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private Locator link(String name) {
		return this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private static String word() {
		return "w" + UUID.randomUUID().toString().replace("-", "");
	}

}
