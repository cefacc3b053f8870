package com.foobar.routing.web;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * An answer that is told something at the last moment at which its headers can be set for
 * certain.
 */
final class CarryingResponse extends HttpServletResponseWrapper {

	private final Runnable writer;

	CarryingResponse(HttpServletResponse response, Runnable writer) {
		super(response);
		this.writer = writer;
	}

	void write() {
		this.writer.run();
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		write();
		return super.getOutputStream();
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		write();
		return super.getWriter();
	}

	@Override
	public void flushBuffer() throws IOException {
		write();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		write();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		write();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		write();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		write();
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		write();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		write();
		super.sendRedirect(location, status, clearBuffer);
	}

}
