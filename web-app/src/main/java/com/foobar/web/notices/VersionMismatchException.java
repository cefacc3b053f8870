package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The notice changed after the client read it.
 */
public class VersionMismatchException extends ResponseStatusException {

	VersionMismatchException(long id, int version) {
		super(HttpStatus.PRECONDITION_FAILED, "Notice " + id + " has version " + version
				+ ", which is not the expected one; read it again, then repeat the change");
	}

}
