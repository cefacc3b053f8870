package com.foobar.system;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user with a browser context of their own. Records the errors of the browser's
 * console. Not thread-safe.
 */
final class Visitor implements AutoCloseable {

	static final String PASSWORD = "correct horse battery staple";

	/** More than the tab stops of any page. */
	private static final int MAX_TAB_STOPS = 120;

	private final BrowserContext context;

	private final Page page;

	private final List<String> consoleErrors = new CopyOnWriteArrayList<>();

	Visitor(Browser browser, URI site, boolean scripts) {
		this.context = browser.newContext(new Browser.NewContextOptions().setBaseURL(site.toString())
			.setJavaScriptEnabled(scripts)
			// Other tests verify the certificate.
			.setIgnoreHTTPSErrors(true)
			.setViewportSize(PageChecks.Screen.DESKTOP.width, PageChecks.Screen.DESKTOP.height));
		this.context.setDefaultTimeout(60_000);
		this.context.onConsoleMessage(this::recordError);
		this.context.onWebError((error) -> this.consoleErrors.add(error.error()));
		this.page = this.context.newPage();
	}

	/** Some tests expect an error status, which the browser logs as a failed resource. */
	private void recordError(ConsoleMessage message) {
		if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
			this.consoleErrors.add(message.text() + " at " + message.location());
		}
	}

	/**
	 * The errors of the console, such as violations of the Content Security Policy.
	 */
	List<String> consoleErrors() {
		return this.consoleErrors;
	}

	Page page() {
		return this.page;
	}

	Page newTab() {
		return this.context.newPage();
	}

	/** API requests with this browser's cookies. */
	APIRequestContext api() {
		return this.context.request();
	}

	/**
	 * Navigates, and retries: Chromium aborts requests when a network interface of the
	 * machine appears or disappears, as those of containers do.
	 */
	Response go(String path) {
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

	void join(String name) {
		go("/join");
		this.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
		this.page.getByLabel("E-mail address").fill(newAddress());
		this.page.getByLabel("Password").fill(PASSWORD);
		button("Join").click();
		// On failure the message says why.
		assertThat(this.page.locator(".who, [role=alert]").first()).hasText(name);
	}

	void signIn(String email, String password) {
		go("/sign-in");
		this.page.getByLabel("E-mail address").fill(email);
		this.page.getByLabel("Password").fill(password);
		button("Sign in").click();
		assertThat(this.page.locator(".who")).isVisible();
	}

	void write(String title, String text) {
		this.page.getByLabel("Title").fill(title);
		this.page.getByLabel("Text").fill(text);
		button("Post it").click();
	}

	Locator status() {
		return this.page.getByRole(AriaRole.STATUS);
	}

	Locator alert() {
		return this.page.getByRole(AriaRole.ALERT);
	}

	Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator link(String name) {
		return this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	/**
	 * Presses the tab key until an element has the focus, and checks that the focus is
	 * visible.
	 */
	void tabTo(Locator target) {
		assertThat(target).isVisible();
		for (int stop = 0; stop < MAX_TAB_STOPS; stop++) {
			press("Tab");
			if (Boolean.TRUE.equals(target.evaluate("(element) => element === document.activeElement"))) {
				assertThat(target.evaluate("""
						(element) => {
						  const style = getComputedStyle(element);
						  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
						}""")).as("%s shows that it has the focus", target).isEqualTo(true);
				return;
			}
		}
		throw new AssertionError("The tab key does not lead to " + target);
	}

	void press(String key) {
		this.page.keyboard().press(key);
	}

	void type(String text) {
		this.page.keyboard().type(text);
	}

	static String newAddress() {
		return UUID.randomUUID() + "@example.org";
	}

	static String newWord() {
		return "w" + UUID.randomUUID().toString().replace("-", "");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
