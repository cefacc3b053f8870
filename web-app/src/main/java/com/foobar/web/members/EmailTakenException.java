package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A member with this e-mail address exists.
 */
public class EmailTakenException extends ResponseStatusException {

	EmailTakenException(Throwable cause) {
		super(HttpStatus.CONFLICT, "A member with this e-mail address exists", cause);
	}

}
