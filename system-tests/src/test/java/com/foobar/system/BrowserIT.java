package com.foobar.system;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The site in a browser, through the gateway, over https. Screenshots of all pages are
 * kept in {@code target/screenshots}. After each test the browser's console must hold no
 * error, such as a violation of the Content Security Policy.
 */
class BrowserIT {

	private static final String ADMINISTRATOR = "admin@foobar.com";

	/** The longest name that the site allows, without a place to break the line. */
	private static final String LONGEST_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis";

	private static Chromium chromium;

	private static RunningStack stack;

	@SuppressWarnings("NullAway.Init")
	private Visitor visitor;

	@SuppressWarnings("NullAway.Init")
	private Page page;

	@BeforeAll
	static void start() {
		chromium = Chromium.launch();
		// Long enough for a busy machine.
		PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
		stack = LocalProcesses.up("--foobar.administrator.password=" + Visitor.PASSWORD);
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

	private void open() {
		open(true);
	}

	private void open(boolean scripts) {
		this.visitor = new Visitor(chromium.browser(), stack.site(), scripts);
		this.page = this.visitor.page();
	}

	@AfterEach
	void close() {
		if (this.visitor != null) {
			this.visitor.close();
			assertThat(this.visitor.consoleErrors()).as("errors of the console").isEmpty();
		}
	}

	@Test
	void memberCanJoinPostSearchAndDeleteWithoutScripts() {
		open(false);
		this.visitor.join("Ada Lovelace");
		String word = Visitor.newWord();
		this.visitor.write("About " + word, "Written in a browser <b>without</b> scripts.");
		assertThat(this.visitor.status()).containsText("Your notice is posted");
		assertThat(this.visitor.heading("About " + word)).isVisible();
		for (int i = 0; i < 4; i++) {
			this.page.reload();
			assertThat(this.visitor.heading("About " + word)).isVisible();
		}
		this.page.getByLabel("Search the notices").fill(word.substring(0, 8));
		this.visitor.button("Show").click();
		assertThat(this.visitor.heading("About " + word)).isVisible();
		this.visitor.link("About " + word).click();
		assertThat(this.page.getByText("<b>without</b>")).isVisible();
		assertThat(this.page.locator(".route")).containsText("gateway");
		this.visitor.link("Delete").click();
		this.visitor.button("Delete it").click();
		assertThat(this.visitor.status()).containsText("deleted");
		assertThat(this.visitor.heading("About " + word)).hasCount(0);
		this.visitor.button("Sign out").click();
		assertThat(this.page.locator(".who")).hasCount(0);
	}

	@Test
	void everyActionCanBeDoneWithTheKeyboard() {
		open();
		this.visitor.go("/");
		this.visitor.press("Tab");
		assertThat(this.visitor.link("Skip to the content")).isFocused();
		this.visitor.press("Enter");
		this.visitor.press("Tab");
		assertThat(this.page.locator("#content :focus")).hasCount(1);
		this.visitor.go("/");
		this.visitor.tabTo(this.page.locator(".masthead").getByText("Join"));
		this.visitor.press("Enter");
		this.visitor.tabTo(this.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)));
		this.visitor.type("Dorothy Vaughan");
		this.visitor.press("Tab");
		this.visitor.type(Visitor.newAddress());
		this.visitor.press("Tab");
		this.visitor.type(Visitor.PASSWORD);
		this.visitor.press("Enter");
		assertThat(this.page.locator(".who")).hasText("Dorothy Vaughan");
		this.visitor.tabTo(this.visitor.button("Post it"));
		this.visitor.press("Enter");
		assertThat(this.visitor.alert()).isFocused();
		this.visitor.tabTo(this.visitor.alert().getByText("Text: must not be empty"));
		this.visitor.press("Enter");
		assertThat(this.page.getByLabel("Text")).isFocused();
		this.visitor.go("/");
		String title = "Typed " + Visitor.newWord();
		this.visitor.tabTo(this.page.getByLabel("Title"));
		this.visitor.type(title);
		this.visitor.tabTo(this.page.getByLabel("Text"));
		this.visitor.type("Without a mouse.");
		this.visitor.tabTo(this.visitor.button("Post it"));
		this.visitor.press("Enter");
		assertThat(this.visitor.status()).containsText("Your notice is posted");
		this.visitor.tabTo(this.visitor.link(title));
		this.visitor.press("Enter");
		this.visitor.tabTo(this.visitor.link("Edit"));
		this.visitor.press("Enter");
		assertThat(this.visitor.heading("Edit the notice")).isVisible();
		this.visitor.tabTo(this.page.getByLabel("Text"));
		this.visitor.press("ControlOrMeta+a");
		this.visitor.type("Still without a mouse.");
		this.visitor.tabTo(this.visitor.button("Save"));
		this.visitor.press("Space");
		assertThat(this.page.locator(".notice-text")).hasText("Still without a mouse.");
		this.visitor.tabTo(this.visitor.link("Delete"));
		this.visitor.press("Enter");
		this.visitor.tabTo(this.visitor.button("Delete it"));
		this.visitor.press("Enter");
		assertThat(this.visitor.status()).containsText("deleted");
		this.visitor.tabTo(this.visitor.button("Sign out"));
		this.visitor.press("Enter");
		assertThat(this.page.locator(".who")).hasCount(0);
	}

	@Test
	void inlineScriptIsBlockedAndReported() {
		open();
		this.visitor.go("/");
		this.page.evaluate("""
				() => {
				  const script = document.createElement('script');
				  script.textContent = 'document.title = "taken over"';
				  document.body.append(script);
				}""");
		await().untilAsserted(() -> {
			assertThat(this.page.title()).doesNotContain("taken over");
			assertThat(this.visitor.consoleErrors()).anyMatch((error) -> error.contains("Content Security Policy"));
		});
		this.visitor.consoleErrors().clear();
	}

	@Test
	void bothTextsAreShownWhenAnotherEditorSavedFirst() {
		open();
		this.visitor.join("Grace Hopper");
		String title = "Draft " + Visitor.newWord();
		this.visitor.write(title, "The first text.");
		this.visitor.link(title).click();
		this.visitor.link("Edit").click();
		assertThat(this.visitor.heading("Edit the notice")).isVisible();
		String form = this.page.url();
		Page other = this.visitor.newTab();
		other.navigate(form);
		other.getByLabel("Text").fill("What the other one wrote.");
		other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
		assertThat(other.getByRole(AriaRole.STATUS)).containsText("Your change is saved");

		this.page.getByLabel("Text").fill("What I wrote.");
		this.visitor.button("Save").click();
		assertThat(this.visitor.alert()).containsText("changed while you were editing");
		assertThat(this.page.locator(".current")).containsText("What the other one wrote.");
		assertThat(this.page.getByLabel("Text")).hasValue("What I wrote.");
		PageChecks.check(this.page, "conflict");
		this.visitor.button("Save mine").click();
		assertThat(this.visitor.status()).containsText("Your change is saved");
		assertThat(this.page.locator(".notice-text")).hasText("What I wrote.");
	}

	@Test
	void sessionSurvivesWhenItsInstanceIsKilled() {
		open();
		AtomicReference<@Nullable String> joinedOn = new AtomicReference<>();
		this.page.onResponse((response) -> {
			if (response.request().method().equals("POST")) {
				joinedOn.set(Route.of(List.of(response.headers().getOrDefault("server-timing", ""))).instance());
			}
		});
		this.visitor.join("Mary Jackson");
		String issuer = Objects.requireNonNull(joinedOn.get(), "instance that responded");
		stack.killInstance(issuer);
		try {
			await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
				assertThat(this.visitor.go("/").status()).isEqualTo(200);
				assertThat(this.page.locator(".who")).hasText("Mary Jackson");
				assertThat(this.page.locator(".route")).not().containsText(issuer);
			});
		}
		finally {
			stack.startInstance(issuer);
		}
		// The session also works on the restarted instance, which has kept no state.
		await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
			this.visitor.go("/");
			return this.page.locator(".route").textContent().contains(issuer);
		});
		assertThat(this.page.locator(".who")).hasText("Mary Jackson");
		this.visitor.write("Still here " + Visitor.newWord(), "After the instance came back.");
		assertThat(this.visitor.status()).containsText("Your notice is posted");
	}

	@Test
	void textIsKeptWhenThePrimaryStopsAndPostedWhenItReturns() {
		open();
		this.visitor.join("Katherine Johnson");
		this.visitor.write("Before " + Visitor.newWord(), "Something to read meanwhile.");
		assertThat(this.visitor.status()).containsText("Your notice is posted");
		String title = "Patience " + Visitor.newWord();
		this.page.getByLabel("Title").fill(title);
		this.page.getByLabel("Text").fill("Typed before the primary went.");
		stack.stopPrimary();
		try {
			this.visitor.button("Post it").click();
			assertThat(this.visitor.alert()).containsText("Writing is paused");
			assertThat(this.page.getByLabel("Title")).hasValue(title);
			assertThat(this.page.getByLabel("Text")).hasValue("Typed before the primary went.");
			assertThat(this.page.locator(".notice").first()).isVisible();
			PageChecks.check(this.page, "paused");
			// It is also kept once the outage is detected, and the page then warns before
			// the user types.
			await().until(() -> {
				this.visitor.go("/");
				return this.visitor.alert().count() > 0;
			});
			this.visitor.write(title, "Typed while the primary was gone.");
			assertThat(this.visitor.alert()).containsText("Your text is still in the form");
			assertThat(this.page.getByLabel("Text")).hasValue("Typed while the primary was gone.");
		}
		finally {
			stack.startPrimary();
		}
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).until(() -> {
			if (this.page.url().startsWith("chrome-error:")) {
				this.visitor.go("/");
				this.visitor.write(title, "Typed again.");
			}
			else {
				this.visitor.button("Post it").click();
			}
			return this.page.content().contains("Your notice is posted");
		});
		assertThat(this.visitor.heading(title)).isVisible();
		awaitWritingEverywhere();
	}

	/**
	 * As soon as no instance is ready the gateway serves a page of its own. Until then
	 * the instances serve one, whose style sheet comes from the gateway's cache.
	 */
	@Test
	void unavailablePageIsShownWhenNoDatabaseRuns() {
		open();
		this.visitor.go("/");
		String styleSheet = this.page.locator("link[rel=stylesheet]").getAttribute("href");
		this.visitor.close();
		open();
		stack.stopPrimary();
		stack.stopReplica();
		try {
			await().atMost(Duration.ofMinutes(1)).until(() -> this.visitor.api().get("/").status() == 503);
			assertThat(this.visitor.go("/").status()).isEqualTo(503);
			PageChecks.check(this.page, "unavailable");
			assertThat(this.visitor.api().get(styleSheet).status()).isEqualTo(200);
		}
		finally {
			stack.startPrimary();
			stack.startReplica();
		}
		await().atMost(Duration.ofMinutes(2)).until(() -> this.visitor.go("/").status() == 200);
		awaitWritingEverywhere();
	}

	/** Prepares the next test: the instances detect the primary one after the other. */
	private void awaitWritingEverywhere() {
		Set<@Nullable String> writing = new HashSet<>();
		await().atMost(Duration.ofMinutes(2)).until(() -> {
			APIResponse joined = post("/api/members", String.format(Locale.ROOT, """
					{"name": "Christine Darden", "email": "%s", "password": "%s"}""", Visitor.newAddress(),
					Visitor.PASSWORD));
			if (joined.status() == 201) {
				writing.add(Route.of(List.of(joined.headers().getOrDefault("server-timing", ""))).instance());
			}
			else {
				writing.clear();
			}
			return writing.containsAll(stack.instances());
		});
	}

	@Test
	void everyPageIsAccessible() {
		open();
		guestsPages();
		membersPages();
		String author = this.page.url();
		this.visitor.button("Sign out").click();
		assertThat(this.page.locator(".who")).hasCount(0);
		administratorsPages(author);
		removeAllNotices();
		visit("/", "board-empty");
	}

	private void guestsPages() {
		visit("/", "board-guest");
		visit("/?q=choir", "search-found");
		visit("/?q=nothingatallmatchesthis", "search-empty");
		visit("/nothing/here", "not-found");
		visit("/?page=last", "bad-request");
		visit("/api", "api");
		this.page.locator(".operation summary").first().click();
		this.visitor.button("Send").first().click();
		assertThat(this.page.locator(".operation pre").first()).containsText("200");
		PageChecks.check(this.page, "api-tried");
		visit("/sign-in", "sign-in");
		this.visitor.button("Sign in").click();
		assertThat(this.page.locator(".field-message").first()).isVisible();
		PageChecks.check(this.page, "sign-in-errors");
		visit("/join", "join");
		this.visitor.button("Join").click();
		assertThat(this.page.locator(".field-message").first()).isVisible();
		PageChecks.check(this.page, "join-errors");
	}

	private void membersPages() {
		this.visitor.join(LONGEST_NAME);
		PageChecks.check(this.page, "board-member");
		this.visitor.button("Post it").click();
		assertThat(this.visitor.alert()).containsText("not posted yet");
		PageChecks.check(this.page, "board-errors");
		String word = Visitor.newWord();
		this.visitor.write("A notice with so much to say that its title takes more than one line " + word,
				"One sentence after the other, and no end. ".repeat(60) + "x".repeat(200));
		assertThat(this.visitor.status()).containsText("Your notice is posted");
		PageChecks.check(this.page, "board-posted");
		this.page.getByText(word).first().click();
		assertThat(this.visitor.link("Edit")).isVisible();
		PageChecks.check(this.page, "notice");
		PageChecks.checkPrint(this.page, "notice");
		this.visitor.link("Edit").click();
		assertThat(this.visitor.heading("Edit the notice")).isVisible();
		PageChecks.check(this.page, "edit");
		this.visitor.link("Cancel").click();
		this.visitor.link("Delete").click();
		assertThat(this.visitor.button("Delete it")).isVisible();
		PageChecks.check(this.page, "delete");
		visit("/account", "account");
		visit("/members/1/remove", "forbidden");
		for (int i = 1; i <= 20; i++) {
			assertThat(post("/api/notices",
					String.format(Locale.ROOT, "{\"title\": \"Number %d\", \"body\": \"One of many.\"}", i))
				.status()).isEqualTo(201);
		}
		visit("/?page=1", "board-second-page");
		PageChecks.checkPrint(this.page, "board");
		this.page.locator(".who").click();
		assertThat(this.page.getByText("Member since")).isVisible();
		PageChecks.check(this.page, "author");
	}

	private void administratorsPages(String author) {
		this.visitor.signIn(ADMINISTRATOR, Visitor.PASSWORD);
		secondAdministrator();
		visit(author, "author-for-administrator");
		this.visitor.link("Remove this member").click();
		assertThat(this.visitor.button("Remove")).isVisible();
		PageChecks.check(this.page, "remove");
		this.visitor.button("Remove").click();
		assertThat(this.visitor.status()).containsText("The member is removed");
		assertThat(this.visitor.link("Number 20")).isVisible();
		PageChecks.check(this.page, "board-former-member");
	}

	private void secondAdministrator() {
		String address = Visitor.newAddress();
		assertThat(post("/api/members", String.format(Locale.ROOT,
				"{\"name\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}", LONGEST_NAME, address, Visitor.PASSWORD))
			.status()).isEqualTo(201);
		visit("/account", "account-administrator");
		this.visitor.link("list of administrators").click();
		assertThat(this.page.locator(".people li")).hasCount(1);
		this.visitor.button("Make administrator").click();
		assertThat(this.visitor.alert()).containsText("No administrator was added");
		PageChecks.check(this.page, "administrators-errors");
		this.page.getByLabel("E-mail address").fill(address);
		this.visitor.button("Make administrator").click();
		assertThat(this.visitor.status()).containsText("is an administrator now");
		assertThat(this.page.locator(".people")).containsText(address);
		PageChecks.check(this.page, "administrators");
		this.page.locator(".people button").click();
		assertThat(this.visitor.status()).containsText("is no longer an administrator");
		assertThat(this.page.locator(".people li")).hasCount(1);
	}

	private void removeAllNotices() {
		for (JsonNode notices = notices(); !notices.isEmpty(); notices = notices()) {
			for (JsonNode notice : notices) {
				assertThat(this.visitor.api().delete("/api/notices/" + notice.get("id").asLong()).status())
					.isEqualTo(204);
			}
		}
	}

	private JsonNode notices() {
		return JsonMapper.shared().readTree(this.visitor.api().get("/api/notices?size=100").text()).get("items");
	}

	private APIResponse post(String path, String json) {
		return this.visitor.api()
			.post(path, RequestOptions.create().setHeader("Content-Type", "application/json").setData(json));
	}

	private void visit(String path, String name) {
		this.visitor.go(path);
		PageChecks.check(this.page, name);
	}

}
