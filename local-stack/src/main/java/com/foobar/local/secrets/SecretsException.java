package com.foobar.local.secrets;

import org.jspecify.annotations.Nullable;

/**
 * Secrets could not be made, read or given to their consumer; the message says which and
 * what to do.
 */
public class SecretsException extends RuntimeException {

	public SecretsException(String message) {
		super(message);
	}

	public SecretsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
