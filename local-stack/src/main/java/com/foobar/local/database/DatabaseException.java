package com.foobar.local.database;

import com.foobar.local.process.PartException;
import org.jspecify.annotations.Nullable;

/**
 * A database server could not be unpacked, started, stopped or set up; the message says
 * which and what to do.
 */
public class DatabaseException extends PartException {

	public DatabaseException(String message) {
		super(message);
	}

	public DatabaseException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
