package com.foobar.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The site on a primary and a replica, through its API and its pages.
 */
class NoticeBoardIT {

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient site;

	@BeforeAll
	static void start() {
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.settings(), "foobar.server-timing=true", "foobar.instance=web-app-1");
		site = RunningSite.client(context).join("Ada");
		await().until(() -> site.get("/api/notices").header("Server-Timing").contains("mariadb-replica-1"));
	}

	@AfterAll
	static void stop() {
		context.close();
		database.close();
	}

	@Test
	void writesOnThePrimaryAndReadsFromTheReplica() {
		Response posted = post("Lost keys", "Three on a ring");
		assertThat(posted.status()).isEqualTo(201);
		assertThat(posted.header("Server-Timing"))
			.matches("app;desc=\"web-app-1\";dur=\\d+\\.\\d, db;desc=\"mariadb-primary\"");
		database.servers.awaitCaughtUp();
		Response read = site.get(posted.header("Location"));
		assertThat(read.json()).isEqualTo(posted.json());
		assertThat(read.header("Server-Timing"))
			.matches("app;desc=\"web-app-1\";dur=\\d+\\.\\d, db;desc=\"mariadb-replica-1\"");
	}

	@Test
	void postReturnsTheStoredNotice() {
		JsonNode notice = post(" Choir ", "one\\r\\ntwo").json();
		assertThat(notice.get("title").asString()).isEqualTo("Choir");
		assertThat(notice.get("body").asString()).isEqualTo("one\ntwo");
		assertThat(notice.at("/author/name").asString()).isEqualTo("Ada");
		assertThat(notice.at("/author/id").asLong()).isPositive();
		assertThat(notice.get("version").asInt()).isZero();
		assertThat(notice.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
	}

	@Test
	void updateRequiresTheVersionThatTheClientRead() {
		Response posted = post("Bicycle", "green");
		String path = posted.header("Location");
		String change = "{\"title\":\"Bicycle\",\"body\":\"red\"}";
		Response changed = put(path, change, posted.header("ETag"));
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.header("ETag")).isEqualTo("\"1\"");
		assertThat(changed.json().get("body").asString()).isEqualTo("red");
		assertThat(put(path, change, posted.header("ETag")).status()).isEqualTo(412);
		assertThat(site.send("DELETE", path, "", "If-Match", posted.header("ETag")).status()).isEqualTo(412);
		assertThat(site.send("DELETE", path, "", "If-Match", changed.header("ETag")).status()).isEqualTo(204);
		assertThat(site.send("DELETE", path, "").status()).isEqualTo(404);
	}

	@Test
	void unchangedVersionReturnsNotModified() {
		Response posted = post("Piano", "out of tune");
		database.servers.awaitCaughtUp();
		Response again = site.get(posted.header("Location"), "If-None-Match", posted.header("ETag"));
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
	}

	@Test
	void searchMatchesWordPrefixesAndHasPages() {
		String word = "w" + UUID.randomUUID().toString().replace("-", "");
		for (int number = 1; number <= 3; number++) {
			post("Number " + number, "about " + word + "s");
		}
		database.servers.awaitCaughtUp();
		Response page = site.get("/api/notices?size=2&sort=title&q=" + word);
		assertThat(page.json().get("total").asInt()).isEqualTo(3);
		assertThat(page.json().get("items").size()).isEqualTo(2);
		assertThat(page.json().at("/items/0/title").asString()).isEqualTo("Number 1");
		assertThat(page.header("Link")).contains("page=1&size=2&sort=title,asc>; rel=\"next\"");
		Response last = site.get("/api/notices?size=2&sort=title&page=1&q=" + word);
		assertThat(last.json().at("/items/0/title").asString()).isEqualTo("Number 3");
		Response behind = site.get("/api/notices?size=2&page=7&q=" + word);
		assertThat(behind.json().get("items").size()).isZero();
		assertThat(behind.json().get("total").asInt()).isEqualTo(3);
	}

	@Test
	void addressIsUniqueAmongMembers() {
		String address = UUID.randomUUID() + "@example.org";
		Response joined = join("Ada", address);
		assertThat(joined.status()).isEqualTo(201);
		assertThat(joined.body()).doesNotContain("example.org").doesNotContain("password").doesNotContain("hash");
		assertThat(join("Bob", address.toUpperCase(java.util.Locale.ROOT)).status()).isEqualTo(409);
		database.servers.awaitCaughtUp();
		assertThat(site.get(joined.header("Location")).json()).isEqualTo(joined.json());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POST   | /api/notices              | {"title":            | 400 | line 1
			GET    | /api/notices?q=%FF        |                       | 400 | UTF-8
			POST   | /api/notices              | {"title":"\\u200b","body":"b"} | 422 | "field":"title"
			POST   | /api/notices              | {"title":"\\u202ea","body":"b"} | 422 | "field":"title"
			POST   | /api/notices              | {"title":"a","body":"\\ud800"} | 422 | "field":"body"
			POST   | /api/notices              | {"title":5,"body":"b"} | 400 | "field":"title"
			POST   | /api/notices              | {"title":["a"]}      | 400 | "field":"title"
			POST   | /api/notices              | []                   | 400 | JSON object
			POST   | /api/notices              | {}                   | 422 | "field":"body"
			POST   | /api/members              | {"name":"a"}         | 422 | "field":"password"
			GET    | /api/notices/first        |                      | 400 | "field":"id"
			GET    | /api/notices?page=-1      |                      | 400 | "field":"page"
			GET    | /api/notices?size=1000    |                      | 400 | "field":"size"
			GET    | /api/notices?sort=body    |                      | 400 | createdAt,desc
			GET    | /api/notices/999999999    |                      | 404 | 999999999
			GET    | /api/members/999999999    |                      | 404 | 999999999
			GET    | /api/nothing              |                      | 404 | nothing
			GET    | /nothing                  |                      | 404 | nothing
			PATCH  | /api/notices/1            | {}                   | 405 | DELETE, GET, PUT
			PUT    | /api/notices              | {}                   | 405 | POST
			""")
	void errorsAreProblems(String method, String path, String body, int status, String part) {
		Response response = site.send(method, path, (body != null) ? body : "", "Content-Type", "application/json",
				"X-Request-Id", "try-1");
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(response.json().get("status").asInt()).isEqualTo(status);
		assertThat(response.json().get("requestId").asString()).isEqualTo("try-1");
		assertThat(response.body()).contains(part).doesNotContain("Exception").doesNotContain("com.foobar");
		if (status == 405) {
			assertThat(response.header("Allow")).isNotEmpty();
		}
	}

	@Test
	void problemNamesEachFieldThatIsTooLong() {
		Response response = post("t".repeat(121), "b".repeat(4001));
		assertThat(response.status()).isEqualTo(422);
		assertThat(response.json().get("errors").toString())
			.isEqualTo("[{\"field\":\"body\",\"message\":\"must have at most 4000 characters\"},"
					+ "{\"field\":\"title\",\"message\":\"must have at most 120 characters\"}]");
	}

	@Test
	void unsupportedMediaTypesAreRejected() {
		Response response = site.send("POST", "/api/notices", "x", "Content-Type", "text/plain");
		assertThat(response.status()).isEqualTo(415);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(site.get("/api/notices", "Accept", "image/png").status()).isEqualTo(406);
	}

	@Test
	void largeBodiesAreRejected() {
		Response response = site.postJson("/api/notices", " ".repeat(200_000));
		assertThat(response.status()).isEqualTo(413);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(response.header("Server-Timing")).isNotEmpty();
	}

	@Test
	void crossSiteRequestsAreRejected() {
		Response response = site.send("POST", "/notices", "title=a&body=b", "Content-Type",
				"application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site");
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
	}

	@Test
	void browsersGetAPageInsteadOfProblemDetails() {
		Response response = site.get("/nothing", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.header("Content-Type")).startsWith("text/html");
		assertThat(response.body()).contains("There is nothing at this address");
	}

	@Test
	void formPostShowsTheServersThatItUsed() {
		String title = "Form <b>" + UUID.randomUUID();
		Response posted = site.postForm("/notices",
				"title=" + URLEncoder.encode(title, StandardCharsets.UTF_8) + "&body=text");
		assertThat(posted.status()).isEqualTo(303);
		assertThat(posted.header("Location")).isEqualTo("/");
		assertThat(posted.header("Set-Cookie")).contains("HttpOnly").contains("SameSite=Lax");
		database.servers.awaitCaughtUp();
		Response page = site.get("/", "Cookie", posted.cookie("flash"));
		assertThat(page.body()).contains("Written on <b>mariadb-primary</b> by <b>web-app-1</b>")
			.contains(title.replace("<", "&lt;").replace(">", "&gt;"))
			.contains("<li>web-app-1</li>")
			.contains("<li>mariadb-replica-1</li>")
			.doesNotContain("<b>" + title.substring(8));
		assertThat(page.header("Set-Cookie")).contains("flash=;").contains("Max-Age=0");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'").doesNotContain("unsafe");
		assertThat(page.header("Server-Timing")).contains("app;desc=\"web-app-1\"")
			.contains("db;desc=\"mariadb-replica-1\"");
	}

	@Test
	void isReadyAndAlive() {
		Response ready = site.get("/readyz");
		assertThat(ready.status()).isEqualTo(200);
		assertThat(ready.json().at("/components/database/details/reads").asBoolean()).isTrue();
		assertThat(ready.json().at("/components/database/details/writes").asBoolean()).isTrue();
		assertThat(ready.json().at("/components/readinessState/status").asString()).isEqualTo("UP");
		assertThat(site.get("/livez").status()).isEqualTo(200);
	}

	private static Response post(String title, String body) {
		return site.postJson("/api/notices", "{\"title\":\"" + title + "\",\"body\":\"" + body + "\"}");
	}

	private static Response put(String path, String json, String version) {
		return site.send("PUT", path, json, "Content-Type", "application/json", "If-Match", version);
	}

	private static Response join(String name, String address) {
		return site.postJson("/api/members",
				"{\"name\":\"" + name + "\",\"email\":\"" + address + "\",\"password\":\"correct horse battery\"}");
	}

}
