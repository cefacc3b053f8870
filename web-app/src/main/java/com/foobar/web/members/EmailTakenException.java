package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody has joined with this address before.
 */
@ResponseStatus(HttpStatus.CONFLICT)
public class EmailTakenException extends RuntimeException {

	EmailTakenException(Throwable cause) {
		super("A member with this e-mail address exists already", cause);
	}

}
