package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody tried to change what somebody else wrote.
 */
@ResponseStatus(HttpStatus.FORBIDDEN)
class NotTheAuthorException extends RuntimeException {

	NotTheAuthorException(long id) {
		super("Notice " + id + " was written by somebody else; only its author or an administrator may change it");
	}

}
