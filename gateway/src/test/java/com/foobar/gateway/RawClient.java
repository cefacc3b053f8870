package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * Sends bytes through TLS unchanged, valid or not.
 */
final class RawClient implements AutoCloseable {

	private final SSLSocket socket;

	RawClient(int port, String... applicationProtocols) throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
			this.socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		SSLParameters parameters = this.socket.getSSLParameters();
		parameters.setApplicationProtocols(applicationProtocols);
		this.socket.setSSLParameters(parameters);
		// No test waits longer for a response.
		this.socket.setSoTimeout(10_000);
	}

	SSLSocket socket() {
		return this.socket;
	}

	RawClient send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	RawClient send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
		return this;
	}

	/** Reads until the peer closes the connection; fails if it does not. */
	String readToEnd() throws IOException {
		return new String(readBytesToEnd(), StandardCharsets.ISO_8859_1);
	}

	byte[] readBytesToEnd() throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		byte[] buffer = new byte[8192];
		try {
			int read = this.socket.getInputStream().read(buffer);
			while (read > 0) {
				all.write(buffer, 0, read);
				read = this.socket.getInputStream().read(buffer);
			}
		}
		catch (SocketException | SSLException ex) {
			// A reset counts as the end.
		}
		return all.toByteArray();
	}

	/** Reads until the input contains a text. */
	String readUntil(String end) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) == -1) {
			int read = this.socket.getInputStream().read();
			if (read == -1) {
				throw new IOException("Ended before '" + end + "': " + text);
			}
			text.append((char) read);
		}
		return text.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
