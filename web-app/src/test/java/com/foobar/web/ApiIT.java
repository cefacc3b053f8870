package com.foobar.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conditional requests, methods and errors of the REST API, according to RFC 9110, 6585
 * and 9457.
 */
class ApiIT {

	private static final String DRAFT = "{\"title\":\"Ladder\",\"body\":\"eight metres\"}";

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient site;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient ada;

	@BeforeAll
	static void start() {
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.singleDatabaseSettings());
		site = RunningSite.client(context);
		ada = site.join("Ada");
	}

	@AfterAll
	static void stop() {
		context.close();
		database.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"0"         | 304
			W/"0"       | 304
			"7", "0"    | 304
			*           | 304
			"1"         | 200
			0           | 200
			""")
	void conditionalGetReturnsNotModifiedForAKnownVersion(String ifNoneMatch, int status) {
		String path = post().header("Location");
		for (String method : new String[] { "GET", "HEAD" }) {
			Response response = site.send(method, path, "", "If-None-Match", ifNoneMatch);
			assertThat(response.status()).as(method).isEqualTo(status);
			assertThat(response.header("ETag")).isEqualTo("\"0\"");
			assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"0"         | 200
			"7", "0"    | 200
			*           | 200
			"1"         | 412
			W/"0"       | 412
			0           | 412
			""")
	void conditionalPutChangesTheNamedVersion(String ifMatch, int status) {
		String path = post().header("Location");
		Response response = put(path, DRAFT.replace("eight", "nine"), "If-Match", ifMatch);
		assertThat(response.status()).isEqualTo(status);
		if (status == 412) {
			assertProblem(response, 412);
			assertThat(site.get(path).header("ETag")).isEqualTo("\"0\"");
		}
		else {
			assertThat(response.header("ETag")).isEqualTo("\"1\"").isEqualTo(site.get(path).header("ETag"));
		}
	}

	@Test
	void putWithoutAConditionChangesAnyVersion() {
		String path = post().header("Location");
		assertThat(put(path, DRAFT.replace("eight", "nine")).header("ETag")).isEqualTo("\"1\"");
		assertProblem(put(path, DRAFT, "If-None-Match", "*"), 412);
		assertProblem(put("/api/notices/999999999", DRAFT), 404);
		assertProblem(site.join("Bob").send("PUT", path, DRAFT, "Content-Type", "application/json"), 403);
		assertThat(ada.send("DELETE", path, "").status()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/notices", "/api/notices?q=ladder&size=3" })
	void listsHaveAnEntityTagOfTheirContent(String path) {
		post();
		Response first = site.get(path);
		assertThat(first.header("ETag")).matches("W/\"[^\"]+\"");
		Response again = site.get(path, "If-None-Match", first.header("ETag"));
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(site.send("HEAD", path, "").header("ETag")).isEqualTo(first.header("ETag"));
		post();
		Response changed = site.get(path, "If-None-Match", first.header("ETag"));
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
	}

	@Test
	void headHasTheHeadersOfGetAndNoBody() {
		Response posted = post();
		for (String path : new String[] { "/api/notices", posted.header("Location"),
				"/api/members/" + posted.json().at("/author/id").asLong() }) {
			Response head = site.send("HEAD", path, "");
			Response get = site.get(path);
			assertThat(head.status()).as(path).isEqualTo(200);
			assertThat(head.body()).isEmpty();
			for (String header : new String[] { "Content-Type", "ETag", "Link", "Cache-Control" }) {
				assertThat(head.header(header)).as(path + " " + header).isEqualTo(get.header(header));
			}
		}
		assertThat(site.send("HEAD", "/api/notices/999999999", "").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/notices   | GET,HEAD,POST,OPTIONS
			/api/notices/1 | DELETE,GET,HEAD,OPTIONS,PUT
			/api/members   | POST,OPTIONS
			/api/members/1 | DELETE,GET,HEAD,OPTIONS
			/api/session   | DELETE,OPTIONS,POST
			""")
	void optionsListsTheMethods(String path, String methods) {
		Response response = site.send("OPTIONS", path, "");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Allow").split(", ?")).containsExactlyInAnyOrder(methods.split(","));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			PATCH  | /api/notices   | GET,POST
			PUT    | /api/notices   | GET,POST
			POST   | /api/notices/1 | DELETE,GET,PUT
			GET    | /api/session   | DELETE,POST
			GET    | /api/members   | POST
			TRACE  | /api/notices   |
			""")
	void otherMethodsAreRejectedWithTheAllowedOnes(String method, String path, String allowed) {
		Response response = ada.send(method, path, method.equals("GET") || method.equals("TRACE") ? "" : "{}",
				"Content-Type", "application/json");
		assertProblem(response, 405);
		if (allowed != null) {
			assertThat(response.header("Allow").split(", ?")).contains(allowed.split(","));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"title":"a","title":"b","body":"c"}       | 400 | twice
			{"title":"a","body":"b"} {}                | 400 | JSON object
			{"title":"a","body":"b",}                  | 400 | line 1
			{"title":'a',"body":"b"}                   | 400 | line 1
			{"title":null,"body":"b"}                  | 422 | "field":"title"
			{"title":{"a":1},"body":"b"}               | 400 | "field":"title"
			{"title":1e999,"body":"b"}                 | 400 | "field":"title"
			{"title":true,"body":"b"}                  | 400 | "field":"title"
			{"TITLE":"a","body":"b"}                   | 422 | "field":"title"
			null                                       | 400 | missing
			"text"                                     | 400 | JSON object
			7                                          | 400 | JSON object
			                                           | 400 | missing
			""")
	void invalidBodyIsExplained(String body, int status, String part) {
		Response response = ada.postJson("/api/notices", (body != null) ? body : "");
		assertProblem(response, status);
		assertThat(response.body()).contains(part);
	}

	@Test
	void maliciousBodiesAreRejected() {
		assertProblem(ada.postJson("/api/notices", "[".repeat(50_000)), 400);
		assertProblem(ada.postJson("/api/notices", "{\"title\":" + "9".repeat(50_000) + ",\"body\":\"b\"}"), 400);
		assertProblem(ada.postJson("/api/notices", "{\"" + "a".repeat(100_000) + "\":1}"), 400);
		assertProblem(ada.postJson("/api/notices", DRAFT + " ".repeat(200_000)), 413);
	}

	@Test
	void representationCanBeSentBackUnchanged() {
		Response posted = post();
		Response changed = put(posted.header("Location"), posted.body(), "If-Match", posted.header("ETag"));
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.json().get("id")).isEqualTo(posted.json().get("id"));
		assertThat(changed.json().get("createdAt")).isEqualTo(posted.json().get("createdAt"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/notices/99999999999999999999    | 400 | too large
			/api/notices/1.5                     | 400 | whole number
			/api/notices/-1                      | 404 | -1
			/api/notices/0                       | 404 | 0
			/api/notices?page=99999999999        | 400 | too large
			/api/notices?page=x                  | 400 | whole number
			/api/notices?size=0                  | 400 | "field":"size"
			/api/notices?page=10001              | 400 | "field":"page"
			/api/notices?sort=title,up           | 400 | title,desc
			""")
	void invalidParameterIsExplained(String path, int status, String part) {
		Response response = site.get(path);
		assertProblem(response, status);
		assertThat(response.body()).contains(part);
	}

	@Test
	void onlyJsonIsAccepted() {
		for (String type : new String[] { "text/plain", "application/x-www-form-urlencoded", "application/xml" }) {
			Response response = ada.send("POST", "/api/notices", DRAFT, "Content-Type", type);
			assertProblem(response, 415);
			assertThat(response.header("Accept")).contains("application/json");
		}
		assertProblem(ada.send("POST", "/api/notices", DRAFT), 415);
		assertProblem(
				ada.send("POST", "/api/notices", DRAFT, "Content-Type", "application/json", "Content-Encoding", "gzip"),
				415);
		Response refused = site.get("/api/notices", "Accept", "application/xml");
		assertProblem(refused, 406);
		assertThat(refused.json().get("detail").asString()).contains("application/json");
	}

	private static Response post() {
		Response posted = ada.postJson("/api/notices", DRAFT);
		assertThat(posted.status()).isEqualTo(201);
		return posted;
	}

	private static Response put(String path, String json, String... condition) {
		String[] headers = new String[condition.length + 2];
		headers[0] = "Content-Type";
		headers[1] = "application/json";
		System.arraycopy(condition, 0, headers, 2, condition.length);
		return ada.send("PUT", path, json, headers);
	}

	private static void assertProblem(Response response, int status) {
		assertThat(response.status()).as(response.body()).isEqualTo(status);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(response.json().get("status").asInt()).isEqualTo(status);
		assertThat(response.body()).doesNotContain("Exception")
			.doesNotContain("com.foobar")
			.doesNotContain("org.spring");
	}

}
