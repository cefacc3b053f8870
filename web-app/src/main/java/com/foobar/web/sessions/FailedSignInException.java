package com.foobar.web.sessions;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

import com.foobar.web.problem.ProblemHeaders;

/**
 * Address and password do not belong together. Does not tell which of them is wrong.
 */
@ResponseStatus(HttpStatus.UNAUTHORIZED)
public class FailedSignInException extends RuntimeException implements ProblemHeaders {

	static final String CHALLENGE = "Session realm=\"foobar\"";

	FailedSignInException() {
		super("There is no member with this address and password");
	}

	@Override
	public void addTo(HttpHeaders headers) {
		headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
	}

}
