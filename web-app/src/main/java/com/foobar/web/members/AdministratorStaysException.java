package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody tried to remove an administrator.
 */
@ResponseStatus(HttpStatus.CONFLICT)
class AdministratorStaysException extends RuntimeException {

	AdministratorStaysException(long id) {
		super("Member " + id + " is an administrator, and administrators are not removed here");
	}

}
