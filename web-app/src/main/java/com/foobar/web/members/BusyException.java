package com.foobar.web.members;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

import com.foobar.web.problem.ProblemHeaders;

/**
 * More passwords are being hashed than this instance has processors for.
 */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
class BusyException extends RuntimeException implements ProblemHeaders {

	BusyException() {
		super("Too many people sign in or join at the moment; try again in a few seconds");
	}

	@Override
	public void addTo(HttpHeaders headers) {
		headers.set(HttpHeaders.RETRY_AFTER, "5");
	}

}
