package com.foobar.web.sessions;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The e-mail address or the password is wrong. Does not say which.
 */
public class FailedSignInException extends ResponseStatusException {

	static final String CHALLENGE = "Session realm=\"foobar\"";

	FailedSignInException() {
		super(HttpStatus.UNAUTHORIZED, "There is no member with this e-mail address and password");
	}

	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
		return headers;
	}

}
