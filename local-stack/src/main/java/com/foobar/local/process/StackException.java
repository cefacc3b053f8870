package com.foobar.local.process;

import java.util.Locale;

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

	/**
	 * Creates an exception whose message is formatted as {@link String#format} does.
	 */
	@SuppressWarnings("AnnotateFormatMethod")
	public static StackException of(String format, @Nullable Object... arguments) {
		return new StackException(String.format(Locale.ROOT, format, arguments));
	}

	/**
	 * Creates an exception with a cause and a formatted message.
	 */
	@SuppressWarnings("AnnotateFormatMethod")
	public static StackException of(Throwable cause, String format, @Nullable Object... arguments) {
		return new StackException(String.format(Locale.ROOT, format, arguments), cause);
	}

}
