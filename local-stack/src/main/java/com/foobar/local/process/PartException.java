package com.foobar.local.process;

import org.jspecify.annotations.Nullable;

/**
 * A part of the stack could not be started, stopped or set up; the message says which and
 * what to do.
 */
public class PartException extends RuntimeException {

	public PartException(String message) {
		super(message);
	}

	public PartException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
