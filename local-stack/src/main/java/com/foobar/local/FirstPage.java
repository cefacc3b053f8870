package com.foobar.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

import com.foobar.local.process.PartException;

/**
 * Is the site there? Asks for its first page as a browser does, through the gateway.
 */
final class FirstPage {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final LocalStack stack;

	FirstPage(LocalStack stack) {
		this.stack = stack;
	}

	void await() {
		HttpClient client = HttpClient.newBuilder()
			.sslContext(this.stack.clientContext())
			.connectTimeout(Duration.ofSeconds(2))
			.build();
		HttpRequest request = HttpRequest.newBuilder(this.stack.httpsUri()).timeout(Duration.ofSeconds(10)).build();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			String answer = ask(client, request);
			if (answer.equals("200")) {
				return;
			}
			if (System.nanoTime() > deadline) {
				throw new PartException(String.format(Locale.ROOT, "%s answers %s after %d s; the logs are in %s",
						request.uri(), answer, PATIENCE.toSeconds(), this.stack.layout().logs()));
			}
			pause();
		}
	}

	private static String ask(HttpClient client, HttpRequest request) {
		try {
			return Integer.toString(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
		}
		catch (IOException ex) {
			return ex.toString();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PartException("Interrupted before the site answered", ex);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(200);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PartException("Interrupted before the site answered", ex);
		}
	}

}
