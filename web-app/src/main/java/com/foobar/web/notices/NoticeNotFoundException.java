package com.foobar.web.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * No notice has this id.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NoticeNotFoundException extends RuntimeException {

	NoticeNotFoundException(long id) {
		super("There is no notice " + id);
	}

}
