package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The password that was to be replaced is another one.
 */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class WrongPasswordException extends RuntimeException {

	WrongPasswordException() {
		super("The current password is not right");
	}

}
