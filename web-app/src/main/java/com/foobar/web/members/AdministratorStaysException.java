package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Somebody tried to remove an administrator, or to take the own right away.
 */
@ResponseStatus(HttpStatus.CONFLICT)
class AdministratorStaysException extends RuntimeException {

	AdministratorStaysException(long id) {
		this("Member " + id + " is an administrator; take the right away first, then remove the member");
	}

	private AdministratorStaysException(String message) {
		super(message);
	}

	static AdministratorStaysException oneself() {
		return new AdministratorStaysException("Nobody takes the right from oneself; another administrator does");
	}

}
