package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody was an administrator a minute ago.
 */
@ResponseStatus(HttpStatus.FORBIDDEN)
class NotAnAdministratorException extends RuntimeException {

	NotAnAdministratorException() {
		super("Only an administrator may do this");
	}

}
