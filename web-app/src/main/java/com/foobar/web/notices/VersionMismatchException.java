package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The notice has changed since the client read it.
 */
@ResponseStatus(HttpStatus.PRECONDITION_FAILED)
public class VersionMismatchException extends RuntimeException {

	VersionMismatchException(long id, int version) {
		super("Notice " + id + " is at version " + version
				+ " now, which is not the one that was asked for. Read it again, then repeat the change");
	}

}
