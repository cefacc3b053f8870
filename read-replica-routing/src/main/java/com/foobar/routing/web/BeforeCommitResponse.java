package com.foobar.routing.web;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that runs a task at the last moment at which its headers can certainly still
 * be set: before its body is requested.
 */
final class BeforeCommitResponse extends HttpServletResponseWrapper {

	private final Runnable beforeCommit;

	BeforeCommitResponse(HttpServletResponse response, Runnable beforeCommit) {
		super(response);
		this.beforeCommit = beforeCommit;
	}

	void beforeCommit() {
		this.beforeCommit.run();
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		beforeCommit();
		return super.getOutputStream();
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		beforeCommit();
		return super.getWriter();
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
	public void sendRedirect(String location) throws IOException {
		beforeCommit();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		beforeCommit();
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		beforeCommit();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		beforeCommit();
		super.sendRedirect(location, status, clearBuffer);
	}

}
