package com.foobar.gateway.netty;

/**
 * A backend sent what is no HTTP response, or one that two readers could understand
 * differently. It has no stack trace: the fault is the backend's.
 */
public final class UnreadableResponseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MAX_LENGTH = 200;

	/**
	 * @param reason what is wrong with the response; may quote it, since whatever could
	 * break a line of the log is replaced
	 */
	public UnreadableResponseException(String reason) {
		super("unreadable response: " + printable(reason), null, false, false);
	}

	UnreadableResponseException(Throwable cause) {
		this((cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName());
	}

	private static String printable(String text) {
		StringBuilder printable = new StringBuilder();
		text.chars()
			.limit(MAX_LENGTH)
			.forEach((character) -> printable.append((character >= 0x20 && character < 0x7f) ? (char) character : '?'));
		return printable.toString();
	}

}
