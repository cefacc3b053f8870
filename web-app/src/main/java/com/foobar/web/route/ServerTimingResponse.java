package com.foobar.web.route;

import java.io.IOException;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.util.OnCommittedResponseWrapper;

/**
 * Adds the {@code Server-Timing} header just before the response is committed, without
 * buffering the body. Confined to the request's thread.
 */
final class ServerTimingResponse extends OnCommittedResponseWrapper {

	private static final String SERVER_TIMING = "Server-Timing";

	/** A character of UTF-16 takes at most three bytes in UTF-8. */
	private static final int BYTES_PER_CHAR = 3;

	private final Supplier<String> value;

	ServerTimingResponse(HttpServletResponse response, Supplier<String> value) {
		super(response);
		this.value = value;
	}

	/**
	 * Add the header unless it is there or the response is committed.
	 */
	void addServerTiming() {
		if (!isCommitted() && !containsHeader(SERVER_TIMING)) {
			setHeader(SERVER_TIMING, this.value.get());
		}
	}

	@Override
	protected void onResponseCommitted() {
		addServerTiming();
	}

	// The superclass notices only the redirect without further parameters.

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		addServerTiming();
		super.sendRedirect(location, status, clearBuffer);
	}

	/**
	 * The superclass counts the characters of text, and the container commits when its
	 * buffer is full of bytes: with the real size, the header of a page in another script
	 * than Latin would be lost.
	 */
	@Override
	public int getBufferSize() {
		return Math.max(1, super.getBufferSize() / BYTES_PER_CHAR);
	}

}
