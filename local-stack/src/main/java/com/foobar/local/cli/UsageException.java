package com.foobar.local.cli;

/**
 * An option has a value that it cannot have.
 */
final class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
