package com.foobar.web.request;

import java.io.IOException;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * More arrived than may be read.
 */
@ResponseStatus(HttpStatus.CONTENT_TOO_LARGE)
class BodyTooLargeException extends IOException {

	BodyTooLargeException(long limit) {
		super("The body is too large; at most " + limit + " bytes are read");
	}

}
