package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The current password, which is required to change it, is wrong.
 */
public class WrongPasswordException extends ResponseStatusException {

	WrongPasswordException() {
		super(HttpStatus.FORBIDDEN, "The current password is wrong");
	}

}
