package com.foobar.web.request;

import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads a body of unknown length up to a limit.
 */
class LimitedBodyRequest extends HttpServletRequestWrapper {

	private final long limit;

	private @Nullable ServletInputStream stream;

	LimitedBodyRequest(HttpServletRequest request, long limit) {
		super(request);
		this.limit = limit;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new LimitedStream(super.getInputStream(), this.limit);
		}
		return this.stream;
	}

	private static final class LimitedStream extends ServletInputStream {

		private final ServletInputStream delegate;

		private final long limit;

		private long count;

		private LimitedStream(ServletInputStream delegate, long limit) {
			this.delegate = delegate;
			this.limit = limit;
		}

		private void count(long bytes) throws BodyTooLargeException {
			if (bytes > 0) {
				this.count += bytes;
				if (this.count > this.limit) {
					throw new BodyTooLargeException(this.limit);
				}
			}
		}

		@Override
		public int read() throws IOException {
			int octet = this.delegate.read();
			count((octet >= 0) ? 1 : 0);
			return octet;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.delegate.read(bytes, offset, length);
			count(read);
			return read;
		}

		@Override
		public boolean isFinished() {
			return this.delegate.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.delegate.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.delegate.setReadListener(listener);
		}

	}

	/**
	 * The body is larger than the limit. An I/O error to the parser that reads the body,
	 * with the status for the client as its cause.
	 */
	static final class BodyTooLargeException extends IOException {

		BodyTooLargeException(long limit) {
			super(new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
					"The body is too large; expected at most " + limit + " bytes"));
		}

	}

}
