package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The client does not say which version it has read, and would overwrite whatever is
 * there.
 */
@ResponseStatus(HttpStatus.PRECONDITION_REQUIRED)
public class VersionRequiredException extends RuntimeException {

	VersionRequiredException() {
		super("Which version is to be changed is not said. Send the ETag that came with it as If-Match,"
				+ " or * to overwrite whatever is there");
	}

}
