package com.foobar.benchmarks.stack;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * A connection with HTTP/1.1 over TLS that is kept and, after an error, established
 * again. Keeps cookies. Trusts every certificate: the servers are those that this program
 * has started. Not safe for use by several threads.
 */
final class HttpConnection implements AutoCloseable {

	private static final int TIMEOUT = 10_000;

	private static final SSLContext TLS = trustingAll();

	private final int port;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	private @Nullable SSLSocket socket;

	private InputStream in = InputStream.nullInputStream();

	/**
	 * A response.
	 *
	 * @param status its status code
	 * @param location its header {@code Location}, or an empty text
	 * @param body its body
	 */
	record Response(int status, String location, String body) {

		boolean isSuccessful() {
			return this.status < 400;
		}

	}

	HttpConnection(int port) {
		this(port, "");
	}

	/**
	 * A connection.
	 * @param port the port on the loopback interface
	 * @param cookie the header {@code Cookie} to begin with
	 */
	HttpConnection(int port, String cookie) {
		this.port = port;
		Stream.of(cookie.split("; ", -1)).filter((pair) -> !pair.isEmpty()).forEach(this::keep);
	}

	String cookieHeader() {
		return this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
	}

	Response get(String path) throws IOException {
		return send(request("GET", path, "", cookieHeader()));
	}

	Response post(String path, String json) throws IOException {
		return send(request("POST", path, json, cookieHeader()));
	}

	static String request(String method, String path, String json, String cookie) {
		String headers = cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
		if (!json.isEmpty()) {
			headers += "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
		}
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + json;
	}

	/**
	 * Send a request and read its response.
	 * @param request the whole request
	 * @return the whole response
	 * @throws IOException if there is none; the connection is closed then
	 */
	Response send(String request) throws IOException {
		try {
			SSLSocket connected = connect();
			connected.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return receive();
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private SSLSocket connect() throws IOException {
		SSLSocket current = this.socket;
		if (current == null) {
			current = (SSLSocket) TLS.getSocketFactory().createSocket();
			this.socket = current;
			current.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), TIMEOUT);
			current.setSoTimeout(TIMEOUT);
			current.setTcpNoDelay(true);
			this.in = new BufferedInputStream(current.getInputStream(), 32_768);
		}
		return current;
	}

	private Response receive() throws IOException {
		int status = Integer.parseInt(line().split(" ", 3)[1]);
		String location = "";
		long length = 0;
		boolean chunked = false;
		boolean last = false;
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			String value = line.substring(colon + 1).strip();
			switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
				case "content-length" -> length = Long.parseLong(value);
				case "transfer-encoding" -> chunked = true;
				case "connection" -> last = value.equalsIgnoreCase("close");
				case "location" -> location = value;
				case "set-cookie" -> keep(value);
				default -> {
				}
			}
		}
		byte[] body = (status == 204 || status == 304) ? new byte[0] : chunked ? chunks() : exactly((int) length);
		if (last) {
			close();
		}
		return new Response(status, location, new String(body, StandardCharsets.UTF_8));
	}

	private void keep(String cookie) {
		String[] pair = cookie.split(";", 2)[0].split("=", 2);
		this.cookies.put(pair[0], pair[1]);
	}

	private byte[] chunks() throws IOException {
		byte[] body = new byte[0];
		while (true) {
			int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
			byte[] chunk = exactly(size);
			line();
			if (size == 0) {
				return body;
			}
			byte[] longer = new byte[body.length + size];
			System.arraycopy(body, 0, longer, 0, body.length);
			System.arraycopy(chunk, 0, longer, body.length, size);
			body = longer;
		}
	}

	private byte[] exactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("The response ended after " + bytes.length + " of " + length + " bytes");
		}
		return bytes;
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next == -1) {
				throw new EOFException("The connection ended inside a response");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	@Override
	public void close() {
		SSLSocket current = this.socket;
		this.socket = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (IOException ex) {
				// It is not used again.
			}
		}
	}

	private static SSLContext trustingAll() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new X509TrustManager() {
				@Override
				public void checkClientTrusted(X509Certificate[] chain, String type) {
				}

				@Override
				public void checkServerTrusted(X509Certificate[] chain, String type) {
				}

				@Override
				public X509Certificate[] getAcceptedIssuers() {
					return new X509Certificate[0];
				}
			} }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
