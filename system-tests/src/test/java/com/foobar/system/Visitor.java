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
 * Somebody with a browser of their own, and what they do with the site. Remembers what
 * the browser complains about. Not thread-safe.
 */
final class Visitor implements AutoCloseable {

	static final String PASSWORD = "correct horse battery staple";

	/** More than there are places to stop at on any page. */
	private static final int STOPS = 120;

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	Visitor(Browser browser, URI site, boolean scripts) {
		this.context = browser.newContext(new Browser.NewContextOptions().setBaseURL(site.toString())
			.setJavaScriptEnabled(scripts)
			// Whom the certificate is from is checked by the other tests.
			.setIgnoreHTTPSErrors(true)
			.setViewportSize(Look.Screen.DESKTOP.width, Look.Screen.DESKTOP.height));
		this.context.setDefaultTimeout(60_000);
		this.context.onConsoleMessage(this::hear);
		this.context.onWebError((error) -> this.complaints.add(error.error()));
		this.page = this.context.newPage();
	}

	/** That an answer is an error is what some tests ask for. */
	private void hear(ConsoleMessage message) {
		if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
			this.complaints.add(message.text() + " at " + message.location());
		}
	}

	/**
	 * What the browser has complained about, such as violations of the page's policy.
	 */
	List<String> complaints() {
		return this.complaints;
	}

	Page page() {
		return this.page;
	}

	Page newTab() {
		return this.context.newPage();
	}

	/** Requests of a program that has this browser's cookies. */
	APIRequestContext api() {
		return this.context.request();
	}

	/**
	 * Chromium drops what is under way when a network interface of the machine comes or
	 * goes, as those of containers do.
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
		// If it did not work, the message says why.
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
	 * Goes on from place to place until the focus is where it should be, and looks
	 * whether it can be seen there.
	 */
	void tabTo(Locator target) {
		assertThat(target).isVisible();
		for (int stop = 0; stop < STOPS; stop++) {
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
