package com.foobar.local.process;

import org.jspecify.annotations.Nullable;

/**
 * A process, a database, a certificate or a directory of the stack is not as it must be;
 * the message says which, what was found and what to do.
 */
public class StackException extends RuntimeException {

	public StackException(String message) {
		super(message);
	}

	public StackException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
