package com.foobar.web.sessions;

import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

import com.foobar.web.problem.ProblemHeaders;

/**
 * Too many sign-ins have failed for this account, or from this network address.
 */
@ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
public class TooManyFailuresException extends RuntimeException implements ProblemHeaders {

	private final long seconds;

	TooManyFailuresException(Duration wait) {
		super("Too many sign-ins have failed; try again in " + Math.max(1, (wait.toSeconds() + 59) / 60) + " min");
		this.seconds = Math.max(1, wait.toSeconds());
	}

	@Override
	public void addTo(HttpHeaders headers) {
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(this.seconds));
	}

}
