package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One stack: an edge, two applications behind it, and what is between them and MySQL.
 */
final class Contender implements AutoCloseable {

	private static final Pattern STYLE_SHEET = Pattern.compile("/assets/site[^\"]*\\.css");

	private static final Duration START_TIMEOUT = Duration.ofMinutes(8);

	private final String id;

	private final String label;

	private final Node edge;

	private final List<Node> applications;

	private final List<Node> between;

	private final int port;

	private final boolean readsReplica;

	private final boolean hasSignIn;

	private @Nullable Target target;

	Contender(String id, String label, Node edge, List<Node> applications, List<Node> between, int port,
			boolean readsReplica, boolean hasSignIn) {
		this.id = id;
		this.label = label;
		this.edge = edge;
		this.applications = List.copyOf(applications);
		this.between = List.copyOf(between);
		this.port = port;
		this.readsReplica = readsReplica;
		this.hasSignIn = hasSignIn;
	}

	String id() {
		return this.id;
	}

	String label() {
		return this.label;
	}

	boolean readsReplica() {
		return this.readsReplica;
	}

	/** Its processes, without the databases. */
	List<Node> nodes() {
		List<Node> nodes = new ArrayList<>(this.between);
		nodes.addAll(this.applications);
		nodes.add(this.edge);
		return nodes;
	}

	/**
	 * Start everything at once and wait for the first page.
	 * @return the seconds until it was there
	 */
	double start() {
		long start = System.nanoTime();
		nodes().forEach(Node::start);
		String page = awaitPage();
		double seconds = (System.nanoTime() - start) / 1e9;
		Matcher styleSheet = STYLE_SHEET.matcher(page);
		if (!styleSheet.find()) {
			throw new IllegalStateException("The page of " + this.id + " links no style sheet: " + page);
		}
		this.target = new Target(this.port, styleSheet.group(), "");
		signIn();
		return seconds;
	}

	Target target() {
		Target current = this.target;
		if (current == null) {
			throw new IllegalStateException(this.id + " is not started");
		}
		return current;
	}

	private String awaitPage() {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		try (HttpConnection connection = new HttpConnection(this.port)) {
			while (true) {
				nodes().forEach(Node::check);
				try {
					HttpConnection.Response response = connection.get("/");
					if (response.status() == 200) {
						return response.body();
					}
				}
				catch (IOException ex) {
					// Not there yet.
				}
				if (System.nanoTime() > deadline) {
					throw new IllegalStateException(
							this.id + " has shown no page after " + START_TIMEOUT + ", see " + this.edge.log());
				}
				Shell.pause(200);
			}
		}
	}

	/** The cookie of a member who has just signed in; sign-ins expire. */
	private void signIn() {
		if (!this.hasSignIn) {
			return;
		}
		try (HttpConnection connection = new HttpConnection(this.port)) {
			String account = "\"email\": \"benchmark@foobar.invalid\", \"password\": \"correct horse battery\"}";
			connection.post("/api/members", "{\"name\": \"Benchmark\", " + account);
			HttpConnection.Response response = connection.post("/api/session", "{" + account);
			if (response.status() != 200) {
				throw new IllegalStateException("Signing in got " + response.status() + ": " + response.body());
			}
			String session = Stream.of(connection.cookieHeader().split("; ", -1))
				.filter((cookie) -> !cookie.startsWith("read_after"))
				.collect(Collectors.joining("; "));
			this.target = new Target(this.port, target().asset(), session);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Signing in at " + this.id + " failed", ex);
		}
	}

	void suspend() {
		this.edge.suspend();
		this.applications.forEach(Node::suspend);
		this.between.forEach(Node::suspend);
	}

	/**
	 * Returns when it serves pages again, and has had time for what it does by the clock.
	 */
	void resume() {
		nodes().forEach(Node::resume);
		awaitPage();
		Shell.pause(2000);
		awaitPage();
		signIn();
	}

	/** The application that is killed and started again in the test of failures. */
	Node victim() {
		return this.applications.get(0);
	}

	@Override
	public void close() {
		this.edge.kill();
		this.applications.forEach(Node::kill);
		this.between.forEach(Node::kill);
	}

}
