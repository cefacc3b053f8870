package com.foobar.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;
import com.foobar.web.members.AdministratorService;
import com.foobar.web.members.SignedIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Members on two instances that share only the database and the session keys.
 */
class MembershipIT {

	private static final String KEY_1 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	private static final String KEY_2 = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA";

	private static final String PASSWORD = "correct horse battery";

	private static final String NOTICE = "{\"title\":\"Mine\",\"body\":\"alone\"}";

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext first;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext second;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient one;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient two;

	@BeforeAll
	static void start() {
		database = new ReplicatedDatabase();
		first = start(KEY_1 + "," + KEY_2);
		second = start(KEY_2 + "," + KEY_1);
		one = RunningSite.client(first);
		two = RunningSite.client(second);
		await().until(() -> one.get("/readyz").status() == 200 && two.get("/readyz").status() == 200);
	}

	private static ConfigurableApplicationContext start(String keys) {
		return RunningSite.start(database.settings(), "foobar.session.keys=" + keys,
				"foobar.session.validation-interval=1ms", "foobar.sign-in.per-account-and-address=3",
				"foobar.administrator.password=" + PASSWORD, "foobar.server-timing=true");
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		database.close();
	}

	@Test
	void sessionIsValidOnTheOtherInstanceWhicheverKeySignedIt() {
		SiteClient ada = one.join("Ada");
		assertThat(two.with(ada.session()).postJson("/api/notices", NOTICE).status()).isEqualTo(201);
		SiteClient bob = two.join("Bob");
		Response posted = one.with(bob.session()).postJson("/api/notices", NOTICE);
		assertThat(posted.status()).isEqualTo(201);
		assertThat(posted.json().at("/author/name").asString()).isEqualTo("Bob");
	}

	@Test
	void writesRequireASession() {
		Response refused = one.postJson("/api/notices", NOTICE);
		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.header("WWW-Authenticate")).isNotEmpty();
		assertThat(one.with("session=forged.forged.forged").postJson("/api/notices", NOTICE).status()).isEqualTo(401);
		assertThat(one.get("/api/notices").status()).isEqualTo(200);
	}

	@Test
	void tokenSignedByAnUnknownKeyIsRejected() {
		String session = one.join("Ada").session();
		String[] parts = session.split("\\.", -1);
		String unsigned = "session=eyJhbGciOiJub25lIn0." + parts[1] + ".";
		assertThat(one.with(unsigned).postJson("/api/notices", NOTICE).status()).isEqualTo(401);
		String changed = parts[0] + "." + parts[1].substring(0, parts[1].length() - 2) + "AA." + parts[2];
		assertThat(one.with(changed).postJson("/api/notices", NOTICE).status()).isEqualTo(401);
	}

	@Test
	void onlyAuthorAndAdministratorsMayChangeANotice() {
		SiteClient ada = one.join("Ada");
		SiteClient bob = one.join("Bob");
		String path = ada.postJson("/api/notices", NOTICE).header("Location");
		assertThat(put(bob, path).status()).isEqualTo(403);
		assertThat(bob.send("DELETE", path, "").status()).isEqualTo(403);
		database.servers.awaitCaughtUp();
		String page = path.replace("/api/", "/");
		assertThat(bob.get(page + "/edit").status()).isEqualTo(403);
		assertThat(bob.get(page + "/delete").status()).isEqualTo(403);
		assertThat(ada.get(page + "/edit").status()).isEqualTo(200);
		assertThat(put(ada, path).status()).isEqualTo(200);
		assertThat(put(administrator(), path).status()).isEqualTo(200);
		assertThat(administrator().send("DELETE", path, "").status()).isEqualTo(204);
	}

	@Test
	void removedMembersLoseTheirSessionsAndTheirNoticesStay() {
		SiteClient ada = one.join("Ada");
		Response posted = ada.postJson("/api/notices", NOTICE);
		String member = "/api/members/" + posted.json().at("/author/id").asLong();
		assertThat(ada.send("DELETE", member, "").status()).isEqualTo(403);
		assertThat(one.send("DELETE", member, "").status()).isEqualTo(401);
		assertThat(administrator().send("DELETE", member, "").status()).isEqualTo(204);
		database.servers.awaitCaughtUp();
		assertThat(two.with(ada.session()).postJson("/api/notices", NOTICE).status()).isEqualTo(401);
		assertThat(one.get(member).status()).isEqualTo(404);
		assertThat(one.get(posted.header("Location")).json().get("author").toString())
			.isEqualTo("{\"name\":\"A former member\"}");
	}

	@Test
	void passwordChangeEndsOtherSessions() {
		SiteClient here = one.join("Ada");
		String form = "current=" + PASSWORD.replace(' ', '+') + "&password=another+long+password";
		Response changed = here.postForm("/account", form);
		assertThat(changed.status()).isEqualTo(303);
		database.servers.awaitCaughtUp();
		assertThat(two.with(here.session()).postJson("/api/notices", NOTICE).status()).isEqualTo(401);
		assertThat(two.with(changed.cookie("session")).postJson("/api/notices", NOTICE).status()).isEqualTo(201);
	}

	@Test
	void sessionIsRenewedWhileItIsUsed() {
		SiteClient ada = one.join("Ada");
		Response response = ada.get("/");
		assertThat(response.cookie("session")).isNotEmpty();
		assertThat(response.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
		assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
		assertThat(response.body()).contains("Sign out");
		assertThat(two.with(response.cookie("session")).postJson("/api/notices", NOTICE).status()).isEqualTo(201);
		assertThat(one.get("/").header("Cache-Control")).isEqualTo("no-cache");
		assertThat(one.get("/").header("Set-Cookie")).isEmpty();
	}

	@Test
	void signingOutRemovesTheCookie() {
		Response response = one.join("Ada").send("DELETE", "/api/session", "");
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Set-Cookie")).contains("session=;").contains("Max-Age=0");
	}

	@Test
	void failedSignInsAreCountedAcrossInstances() {
		String address = UUID.randomUUID() + "@example.org";
		one.postJson("/api/members",
				"{\"name\":\"Ada\",\"email\":\"" + address + "\",\"password\":\"" + PASSWORD + "\"}");
		for (int i = 0; i < 5; i++) {
			assertThat(signIn(one, address, PASSWORD).status()).isEqualTo(200);
		}
		Response wrong = signIn(one, address, "wrong");
		assertThat(wrong.status()).isEqualTo(401);
		assertThat(wrong.header("WWW-Authenticate")).isNotEmpty();
		assertThat(signIn(two, address, "wrong").status()).isEqualTo(401);
		assertThat(signIn(one, address, "wrong").status()).isEqualTo(401);
		database.servers.awaitCaughtUp();
		Response blocked = signIn(two, address, PASSWORD);
		assertThat(blocked.status()).isEqualTo(429);
		assertThat(Integer.parseInt(blocked.header("Retry-After"))).isBetween(1, 900);
		assertThat(signIn(one, UUID.randomUUID() + "@example.org", "unknown").status()).isEqualTo(401);
	}

	@Test
	void oneAdministratorIsCreated() {
		assertThat(database
			.queryPrimary("SELECT COUNT(*) FROM foobar.members WHERE administrator AND email = 'admin@foobar.com'"))
			.isEqualTo("1");
		assertThat(administrator().get("/").body()).contains("Administrator");
	}

	@Test
	void administratorsGrantAndRevokeAdministration() {
		String address = UUID.randomUUID() + "@example.org";
		long id = one
			.postJson("/api/members",
					"{\"name\":\"Grace\",\"email\":\"" + address + "\",\"password\":\"" + PASSWORD + "\"}")
			.json()
			.get("id")
			.asLong();
		SiteClient grace = one.signIn(address, PASSWORD);
		assertThat(grace.get("/api/administrators").status()).isEqualTo(403);
		assertThat(grace.get("/administrators").status()).isEqualTo(403);
		assertThat(grace.send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(403);
		assertThat(one.send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(401);
		assertThat(one.get("/administrators").header("Location")).isEqualTo("/sign-in?next=%2Fadministrators");
		SiteClient first = administrator();
		assertThat(first.send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(204);
		assertThat(first.send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(204);
		database.servers.awaitCaughtUp();
		assertThat(two.with(grace.session()).get("/administrators").body()).contains(address, "admin@foobar.com",
				"You");
		assertThat(two.with(grace.session()).get("/api/administrators").json().get("items").size()).isEqualTo(2);
		assertThat(first.send("DELETE", "/api/members/" + id, "").status()).as("administrators stay").isEqualTo(409);
		assertThat(first.send("DELETE", "/api/administrators/" + id, "").status()).isEqualTo(204);
		database.servers.awaitCaughtUp();
		assertThat(two.with(grace.session()).postJson("/api/notices", NOTICE).status()).as("signed out").isEqualTo(401);
		assertThat(two.signIn(address, PASSWORD).get("/administrators").status()).isEqualTo(403);
		assertThat(first.send("DELETE", "/api/members/" + id, "").status()).isEqualTo(204);
		assertThat(first.send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(404);
	}

	@Test
	void administratorsPageGrantsByAddressAndReportsAnUnknownOne() {
		String address = UUID.randomUUID() + "@example.org";
		one.postJson("/api/members",
				"{\"name\":\"Alan\",\"email\":\"" + address + "\",\"password\":\"" + PASSWORD + "\"}");
		SiteClient first = administrator();
		Response nobody = first.postForm("/administrators", "email=nobody%40example.org");
		assertThat(nobody.status()).isEqualTo(422);
		assertThat(nobody.body()).contains("Belongs to no member", "nobody@example.org");
		assertThat(first.postForm("/administrators", "email=").status()).isEqualTo(422);
		assertThat(first
			.send("POST", "/administrators", "email=" + address, "Content-Type", "application/x-www-form-urlencoded",
					"Sec-Fetch-Site", "cross-site")
			.status()).isEqualTo(403);
		assertThat(first.postForm("/administrators", "email=+" + address.toUpperCase(Locale.ROOT)).header("Location"))
			.isEqualTo("/administrators?done=granted");
		database.servers.awaitCaughtUp();
		String id = database
			.queryPrimary("SELECT id FROM foobar.members WHERE administrator AND email = '" + address + "'");
		assertThat(first.get("/administrators?done=granted").body()).contains("is an administrator now", address);
		assertThat(first.postForm("/administrators/" + id + "/revoke", "").header("Location"))
			.isEqualTo("/administrators?done=revoked");
		assertThat(database.queryPrimary("SELECT administrator FROM foobar.members WHERE id = " + id)).isEqualTo("0");
	}

	@Test
	void administratorsCannotRevokeTheirOwnAdministration() {
		SiteClient first = administrator();
		String id = database.queryPrimary("SELECT id FROM foobar.members WHERE email = 'admin@foobar.com'");
		Response refused = first.send("DELETE", "/api/administrators/" + id, "");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body()).contains("their own administration");
		assertThat(first.postForm("/administrators/" + id + "/revoke", "").status()).isEqualTo(409);
		assertThat(database.queryPrimary("SELECT administrator FROM foobar.members WHERE id = " + id)).isEqualTo("1");
	}

	/**
	 * A session is validated once a minute; administrator requests validate it again.
	 */
	@Test
	void concurrentMutualRevocationLeavesOneAdministrator() throws Exception {
		AdministratorService administrators = first.getBean(AdministratorService.class);
		List<SignedIn> both = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			String session = one.join("Rival " + i).session();
			long id = one.with(session).postJson("/api/notices", NOTICE).json().at("/author/id").asLong();
			assertThat(administrator().send("PUT", "/api/administrators/" + id, "").status()).isEqualTo(204);
			both.add(new SignedIn(id, "Rival " + i, true, 0));
		}
		CyclicBarrier start = new CyclicBarrier(2);
		List<CompletableFuture<Void>> revocations = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			SignedIn by = both.get(i);
			SignedIn other = both.get(1 - i);
			revocations.add(CompletableFuture.runAsync(() -> {
				try {
					start.await();
				}
				catch (InterruptedException | BrokenBarrierException ex) {
					throw new IllegalStateException(ex);
				}
				administrators.revoke(other.id(), by);
			}));
		}
		assertThat(revocations.stream()
			.filter((revocation) -> revocation.handle((done, failure) -> failure == null).join())).hasSize(1);
		String left = "SELECT COUNT(*) FROM foobar.members WHERE administrator AND name LIKE 'Rival %'";
		assertThat(database.queryPrimary(left)).isEqualTo("1");
		for (SignedIn rival : both) {
			assertThat(administrator().send("DELETE", "/api/administrators/" + rival.id(), "").status()).isEqualTo(204);
		}
	}

	private static SiteClient administrator() {
		return one.signIn("admin@foobar.com", PASSWORD);
	}

	private static Response put(SiteClient client, String path) {
		return client.send("PUT", path, "{\"title\":\"Changed\",\"body\":\"text\"}", "Content-Type",
				"application/json");
	}

	private static Response signIn(SiteClient client, String address, String password) {
		return client.postJson("/api/session", "{\"email\":\"" + address + "\",\"password\":\"" + password + "\"}");
	}

}
