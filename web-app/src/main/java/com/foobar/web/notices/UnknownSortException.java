package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * A client asked for an order that notices are not listed in.
 */
@ResponseStatus(HttpStatus.BAD_REQUEST)
class UnknownSortException extends RuntimeException {

	UnknownSortException(String message) {
		super(message);
	}

}
