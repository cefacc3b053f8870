package com.foobar.routing.consistency;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * How a client stores its token. Each way stores the token and nothing else.
 */
abstract class Carrier {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private String token = "";

	/**
	 * Run an operation on an instance.
	 * @param operation {@code read}, {@code raise}, {@code outside-transaction} or
	 * {@code and-read}
	 * @return the number read, or 0
	 * @throws FailedException if the instance responded with an error
	 */
	abstract long run(CheckedInstance instance, String operation, long key, long number)
			throws FailedException, InterruptedException;

	String token() {
		return this.token;
	}

	void store(String token) {
		this.token = token;
	}

	/** Adds the dependencies of another client. */
	void adopt(String other) {
		this.token = CausalityToken.parse(this.token).plus(CausalityToken.parse(other)).toString();
	}

	static HttpResponse<String> send(CheckedInstance instance, String operation, long key, long number, String header,
			String value) throws FailedException, InterruptedException {
		boolean read = operation.equals("read");
		String path = "/registers/" + key + (read ? "" : "/" + number)
				+ ((read || operation.equals("raise")) ? "" : "/" + operation);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.url(path)))
			.timeout(TIMEOUT)
			.method(read ? "GET" : "POST", HttpRequest.BodyPublishers.noBody());
		if (!value.isEmpty()) {
			request.header(header, value);
		}
		try {
			return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new FailedException(ex);
		}
	}

	private static long value(HttpResponse<String> response) throws FailedException {
		if (response.statusCode() != 200) {
			throw new FailedException(response.statusCode() + " " + response.body());
		}
		return response.body().isEmpty() ? 0 : Long.parseLong(response.body());
	}

	/** A cookie, as a browser has it. */
	static final class Browser extends Carrier {

		@Override
		long run(CheckedInstance instance, String operation, long key, long number)
				throws FailedException, InterruptedException {
			HttpResponse<String> response = send(instance, operation, key, number, "Cookie",
					token().isEmpty() ? "" : "read_after=" + token());
			response.headers()
				.firstValue("Set-Cookie")
				.ifPresent((cookie) -> store(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'))));
			return value(response);
		}

	}

	/** A header, as a REST client has it. */
	static final class Caller extends Carrier {

		@Override
		long run(CheckedInstance instance, String operation, long key, long number)
				throws FailedException, InterruptedException {
			HttpResponse<String> response = send(instance, operation, key, number, "Read-After", token());
			response.headers().firstValue("Read-After").ifPresent(this::store);
			return value(response);
		}

	}

	/** A column or a message, as a job has it. */
	static final class Job extends Carrier {

		@Override
		long run(CheckedInstance instance, String operation, long key, long number) throws FailedException {
			Causality causality = instance.causality();
			CheckedApplication.Registers registers = instance.registers();
			try (Causality.Scope scope = causality.open(CausalityToken.parse(token()))) {
				try {
					if (operation.equals("raise") || operation.equals("and-read")) {
						registers.raise(key, number);
					}
					if (operation.equals("outside-transaction")) {
						registers.raiseOutsideTransaction(key, number);
					}
					return operation.endsWith("read") ? registers.read(key) : 0;
				}
				catch (DataAccessException | TransactionException ex) {
					throw new FailedException(ex);
				}
				finally {
					store(scope.token().toString());
				}
			}
		}

	}

	/**
	 * An operation that failed; a failure is no violation.
	 */
	static final class FailedException extends Exception {

		private static final long serialVersionUID = 1L;

		FailedException(Exception cause) {
			super(cause);
		}

		FailedException(String message) {
			super(message);
		}

	}

}
