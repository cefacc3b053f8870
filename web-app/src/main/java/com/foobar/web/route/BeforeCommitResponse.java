package com.foobar.web.route;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action just before the headers leave, without holding the body back: a response
 * is committed by a flush, an error, a redirect, or by more bytes than its buffer holds.
 * Confined to the request's thread.
 */
final class BeforeCommitResponse extends HttpServletResponseWrapper {

	/** A character of UTF-16 takes at most three bytes in UTF-8. */
	private static final int BYTES_PER_CHAR = 3;

	private final Runnable action;

	private boolean done;

	private long written;

	/** With its last byte the container ends the answer; negative if it is not known. */
	private long announced = -1;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	BeforeCommitResponse(HttpServletResponse response, Runnable action) {
		super(response);
		this.action = action;
	}

	/**
	 * Run the action unless it has run or the headers are gone.
	 */
	void beforeCommit() {
		if (!this.done) {
			this.done = true;
			if (!isCommitted()) {
				this.action.run();
			}
		}
	}

	private void beforeWrite(long bytes) {
		if (!this.done) {
			this.written += bytes;
			if (this.written >= getBufferSize() || (this.announced >= 0 && this.written >= this.announced)) {
				beforeCommit();
			}
		}
	}

	@Override
	public void setContentLength(int length) {
		setContentLengthLong(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		this.announced = length;
		super.setContentLengthLong(length);
	}

	@Override
	public void flushBuffer() throws IOException {
		beforeCommit();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		beforeCommit();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		beforeCommit();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		beforeCommit();
		super.sendRedirect(location, status, clearBuffer);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		sendRedirect(location, SC_FOUND, true);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void reset() {
		super.reset();
		this.done = false;
		this.announced = -1;
		this.written = 0;
	}

	@Override
	public void resetBuffer() {
		super.resetBuffer();
		this.written = 0;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new WatchedStream(super.getOutputStream());
		}
		return this.stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new PrintWriter(new WatchedWriter(super.getWriter()));
		}
		return this.writer;
	}

	private final class WatchedStream extends ServletOutputStream {

		private final ServletOutputStream delegate;

		private WatchedStream(ServletOutputStream delegate) {
			this.delegate = delegate;
		}

		@Override
		public void write(int octet) throws IOException {
			beforeWrite(1);
			this.delegate.write(octet);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			beforeWrite(length);
			this.delegate.write(bytes, offset, length);
		}

		@Override
		public void flush() throws IOException {
			beforeCommit();
			this.delegate.flush();
		}

		@Override
		public void close() throws IOException {
			beforeCommit();
			this.delegate.close();
		}

		@Override
		public boolean isReady() {
			return this.delegate.isReady();
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.delegate.setWriteListener(listener);
		}

	}

	private final class WatchedWriter extends Writer {

		private final PrintWriter delegate;

		private WatchedWriter(PrintWriter delegate) {
			this.delegate = delegate;
		}

		@Override
		public void write(char[] characters, int offset, int length) {
			beforeWrite((long) length * BYTES_PER_CHAR);
			this.delegate.write(characters, offset, length);
		}

		@Override
		public void write(String text, int offset, int length) {
			beforeWrite((long) length * BYTES_PER_CHAR);
			this.delegate.write(text, offset, length);
		}

		@Override
		public void flush() {
			beforeCommit();
			this.delegate.flush();
		}

		@Override
		public void close() {
			beforeCommit();
			this.delegate.close();
		}

	}

}
