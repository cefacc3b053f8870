package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The author was removed since the sign-in was last looked at.
 */
@ResponseStatus(HttpStatus.FORBIDDEN)
class AuthorRemovedException extends RuntimeException {

	AuthorRemovedException(Throwable cause) {
		super("You are not a member any more", cause);
	}

}
