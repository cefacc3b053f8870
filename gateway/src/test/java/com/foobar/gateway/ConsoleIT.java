package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a real browser, in front of a real gateway.
 */
class ConsoleIT {

	private static final String PASSWORD = "correct horse battery";

	/** Screenshots for manual review. */
	private static final Path PICTURES = Path.of("target", "console");

	private static final String DATABASES = """
			{"status":"UP","components":{"database":{"status":"UP","details":{"reads":true,"writes":true,"nodes":[
			{"name":"mysql-primary","role":"primary","eligible":true,"status":"eligible, lag 0 ms","lagMillis":0,"reads":4,"writes":12},
			{"name":"mysql-replica-1","role":"replica","eligible":true,"status":"eligible, lag 12 ms","lagMillis":%d,"reads":%d,"writes":0}
			]}}}}""";

	private static Chromium chromium;

	private static TestBackend first;

	private static TestBackend second;

	private static TestGateway gateway;

	private static Path directory;

	private static int managementPort;

	private static int reads = 100;

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private BrowserContext context;

	@SuppressWarnings("NullAway.Init")
	private Page page;

	@BeforeAll
	static void start(@TempDir Path temporary) throws IOException {
		chromium = Chromium.launch();
		directory = temporary;
		TestCertificates.write(directory, 1);
		Files.writeString(directory.resolve("password"), PASSWORD + "\n");
		first = new TestBackend("first");
		second = new TestBackend("second");
		first.ready(200, String.format(Locale.ROOT, DATABASES, 12, 100));
		second.ready(200, String.format(Locale.ROOT, DATABASES, 40, 100));
		gateway = startGateway(0);
		managementPort = gateway.managementPort();
	}

	private static TestGateway startGateway(int port) {
		TestGateway started = new TestGateway(directory, List.of(first, second),
				"gateway.admin.password-file=" + directory.resolve("password"), "management.server.port=" + port);
		started.awaitBackends("UP", 2);
		return started;
	}

	@AfterAll
	static void stop() {
		if (gateway != null) {
			gateway.close();
			first.close();
			second.close();
		}
		if (chromium != null) {
			chromium.close();
		}
	}

	private void open(int width, int height, ColorScheme scheme) {
		this.context = chromium.browser()
			.newContext(new Browser.NewContextOptions().setBaseURL("http://127.0.0.1:" + managementPort)
				.setViewportSize(width, height)
				.setColorScheme(scheme));
		this.context.setDefaultTimeout(30_000);
		this.page = this.context.newPage();
		com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
		this.page.onPageError(this.complaints::add);
		this.page.onConsoleMessage((message) -> {
			if (message.text().contains("Content Security Policy") || message.text().contains("TrustedHTML")) {
				this.complaints.add(message.text());
			}
		});
		this.page.navigate("/");
		assertThat(this.page.locator("#connection")).hasText("Live");
	}

	private void open() {
		open(1280, 900, ColorScheme.LIGHT);
	}

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
		if (gateway != null) {
			gateway.command(name(first), "{\"adminState\":\"ready\",\"weight\":1}", "test:" + PASSWORD);
		}
		assertThat(this.complaints).as("errors of the page").isEmpty();
	}

	@Test
	void showsBackendsLive() {
		open();
		assertThat(row(first)).containsText("Serving");
		assertThat(row(second)).containsText("Serving");
		assertThat(summary("serving")).hasText("2 of 2");
		requestUntil(summary("perSecond"), "[1-9]|0\\.[1-9]");
		assertThat(summary("cached")).hasText("0 %");
		requestUntil(row(first).getByRole(AriaRole.CELL).nth(5), "ms");
		first.ready(503, "{\"status\":\"OUT_OF_SERVICE\"}");
		assertThat(row(first)).containsText("Not ready");
		assertThat(row(first)).containsText("not ready: OUT_OF_SERVICE");
		assertThat(summary("serving")).hasText("1 of 2");
		assertThat(this.page.locator("#announce")).containsText(name(first) + ": Not ready");
		first.ready(200, String.format(Locale.ROOT, DATABASES, 12, reads));
		assertThat(row(first)).containsText("Serving");
	}

	@Test
	void showsDatabasesAsTheBackendsReportThem() {
		open();
		Locator replica = this.page.locator("#database-rows tr",
				new Page.LocatorOptions().setHasText("mysql-replica-1"));
		assertThat(replica).containsText("by 2 of 2 backends");
		assertThat(replica).containsText("40 ms");
		assertThat(replica).containsText("replica");
		assertThat(this.page.locator("#database-rows tr").first()).containsText("mysql-primary");
		first.ready(200, String.format(Locale.ROOT, DATABASES, 12, reads += 30));
		assertThat(replica).containsText("100 %");
	}

	@Test
	void commandsCanBeGivenByKeyboardAfterSignIn() {
		open();
		assertThat(this.page.getByText("Maintenance").first()).isHidden();
		signIn("wrong password");
		assertThat(this.page.getByRole(AriaRole.ALERT)).hasText("The password is wrong.");
		this.page.getByLabel("Admin password").fill(PASSWORD);
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("#sign-in")).isHidden();
		assertThat(this.page.locator("#operator")).hasText("alice");
		assertThat(this.page.locator("#sign")).isFocused();

		Locator drain = row(first).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drain"));
		drain.focus();
		this.page.keyboard().press("Enter");
		assertThat(row(first)).containsText("Drained");
		assertThat(drain).hasAttribute("aria-pressed", "true");
		assertThat(drain).isFocused();
		for (int i = 0; i < 4; i++) {
			assertThat(gateway.get("/").backend()).isEqualTo("second");
		}

		// The last eligible backend asks for confirmation.
		row(second).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Maintenance")).click();
		assertThat(this.page.locator("#confirm")).containsText("No other backend could serve");
		this.page.keyboard().press("Escape");
		assertThat(row(second)).containsText("Serving");

		row(first).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ready")).click();
		assertThat(row(first)).containsText("Serving");

		Locator weight = this.page.getByLabel("Weight of " + name(first), new Page.GetByLabelOptions().setExact(true));
		weight.fill("7");
		this.page.waitForTimeout(1500);
		assertThat(weight).hasValue("7");
		weight.press("Enter");
		assertThat(row(first).getByRole(AriaRole.CELL).nth(1)).hasText("7");
		assertThat(gateway.management("/actuator/backends").body()).contains("\"weight\":7");

		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
		assertThat(drain).isHidden();
	}

	@Test
	void reportsAnUnreachableGatewayAndResumesWhenItReturns() {
		open();
		gateway.close();
		assertThat(this.page.locator("#connection")).containsText("Disconnected at");
		gateway = startGateway(managementPort);
		assertThat(this.page.locator("#connection")).hasText("Live");
		assertThat(row(first)).containsText("Serving");
	}

	@ParameterizedTest
	@CsvSource({ "desktop, 1280, 900, LIGHT", "desktop, 1280, 900, DARK", "phone, 390, 844, LIGHT",
			"phone, 390, 844, DARK" })
	void isAccessibleAndFitsTheScreen(String device, int width, int height, ColorScheme scheme) throws IOException {
		open(width, height, scheme);
		signIn(PASSWORD);
		assertThat(this.page.locator("#sign-in")).isHidden();
		row(first).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drain")).click();
		assertThat(row(first)).containsText("Drained");
		requestUntil(summary("perSecond"), "[1-9]|0\\.[1-9]");
		first.ready(200, String.format(Locale.ROOT, DATABASES, 12, reads += 30));
		assertThat(this.page.locator("#database-rows")).containsText("100 %");
		Files.createDirectories(PICTURES);
		this.page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
			.setPath(PICTURES.resolve(device + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
		assertThat(this.page.evaluate("document.documentElement.scrollWidth")).as("width of the page").isEqualTo(width);
		assertEveryControlIsInsideTheWindow(width);
		List<Rule> violations = new AxeBuilder(this.page).analyze().getViolations();
		assertThat(violations.stream().map((rule) -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes()))
			.isEmpty();
	}

	// A control that overflows the window exists and cannot be reached.
	private void assertEveryControlIsInsideTheWindow(int width) {
		List<Locator> controls = this.page.locator("header button, main button, main input").all();
		assertThat(controls).as("sign out, and four for each backend, and its weight").hasSize(1 + 2 * 5);
		for (Locator control : controls) {
			BoundingBox box = Objects.requireNonNull(control.boundingBox(), "not shown");
			assertThat(box.x).isGreaterThanOrEqualTo(0);
			assertThat(box.x + box.width).isLessThanOrEqualTo(width);
			assertThat(box.height).as("touch target").isGreaterThanOrEqualTo((width < 500) ? 40 : 24);
		}
		BoundingBox name = Objects.requireNonNull(row(first).locator("th .main").boundingBox(), "not shown");
		BoundingBox adminState = Objects.requireNonNull(row(first).locator(".actions .group").boundingBox(),
				"not shown");
		if (width < 500) {
			assertThat(name.x).as("in one line with what is below").isEqualTo(adminState.x);
		}
	}

	@Test
	void isOperableByTheTabKeyAlone() {
		open(390, 844, ColorScheme.DARK);
		press("Tab");
		assertThat(this.page.locator(".skip")).isFocused();
		tabTo(this.page.locator("#sign"));
		press("Enter");
		assertThat(this.page.getByLabel("Your name")).isFocused();
		this.page.keyboard().type("alice");
		press("Tab");
		this.page.keyboard().type(PASSWORD);
		press("Enter");
		assertThat(this.page.locator("#sign-in")).isHidden();
		assertThat(this.page.locator("#operator")).hasText("alice");
		Locator actions = row(first).locator(".actions");
		tabTo(actions.locator("[data-admin-state=DRAIN]"));
		press("Space");
		assertThat(row(first)).containsText("Drained");
		press("Shift+Tab");
		assertThat(actions.locator("[data-admin-state=READY]")).isFocused();
		press("Enter");
		assertThat(row(first)).containsText("Serving");
		tabTo(actions.locator("input"));
		this.page.keyboard().type("5");
		press("Enter");
		assertThat(row(first).locator("[data-label=Weight]")).hasText("5");
		press("Tab");
		assertThat(actions.locator("[type=submit]")).isFocused();
		assertThat(this.page.evaluate("document.documentElement.scrollWidth")).as("width of the page").isEqualTo(390);
	}

	private void press(String key) {
		this.page.keyboard().press(key);
	}

	private void tabTo(Locator wanted) {
		for (int i = 0; i < 20 && !(boolean) wanted.evaluate("node => node === document.activeElement"); i++) {
			press("Tab");
		}
		assertThat(wanted).isFocused();
	}

	@Test
	void contentSecurityPolicyAllowsOnlyTheConsole() {
		TestGateway.Response response = gateway.management("/");
		assertThat(response.header("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-")
			.contains("frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(response.body()).doesNotContainPattern("(src|href)=\"https?:");
		assertThat(gateway.get("/console/overview").header("X-Backend")).as("on the site's port").isNotNull();
	}

	private void signIn(String password) {
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).first().click();
		this.page.getByLabel("Your name").fill("alice");
		this.page.getByLabel("Admin password").fill(password);
		this.page.keyboard().press("Enter");
	}

	// Sends requests until the page shows their effect.
	private void requestUntil(Locator shown, String pattern) {
		Pattern wanted = Pattern.compile(pattern);
		for (int i = 0; i < 100 && !wanted.matcher(shown.innerText()).find(); i++) {
			gateway.get("/");
			gateway.get("/");
			this.page.waitForTimeout(200);
		}
		assertThat(shown).containsText(wanted);
	}

	private Locator summary(String field) {
		return this.page.locator("#summary [data-field=" + field + "]");
	}

	private Locator row(TestBackend backend) {
		return this.page.locator("#backend-rows tr", new Page.LocatorOptions().setHasText(name(backend)));
	}

	private static String name(TestBackend backend) {
		return "127.0.0.1:" + backend.port();
	}

}
