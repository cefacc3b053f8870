package com.foobar.web.sessions;

import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Too many sign-ins failed for this account, or from this network address.
 */
public class TooManyFailuresException extends ResponseStatusException {

	private final long seconds;

	TooManyFailuresException(Duration wait) {
		super(HttpStatus.TOO_MANY_REQUESTS,
				"Too many sign-ins failed; try again in " + Math.max(1, (wait.toSeconds() + 59) / 60) + " min");
		this.seconds = Math.max(1, wait.toSeconds());
	}

	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(this.seconds));
		return headers;
	}

}
