package com.foobar.web.members;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * No member has this id.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
class MemberNotFoundException extends RuntimeException {

	MemberNotFoundException(long id) {
		super("There is no member " + id);
	}

}
