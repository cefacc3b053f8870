package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A backend below HTTP: it records every byte that it receives, one text for each
 * request, and responds to whatever ends with an empty line. Readiness checks are not
 * recorded.
 */
final class RecordingBackend implements AutoCloseable {

	private static final String READY = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n"
			+ TestBackend.READY;

	private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Backend: recording\r\n\r\n";

	private final ServerSocket server;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final List<ByteArrayOutputStream> received = new CopyOnWriteArrayList<>();

	RecordingBackend() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "recording-backend");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.open.add(socket);
				start(() -> record(socket));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void record(Socket socket) {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		try (socket) {
			InputStream in = socket.getInputStream();
			byte[] buffer = new byte[8192];
			int read = in.read(buffer);
			while (read > 0) {
				text.write(buffer, 0, read);
				String soFar = text.toString(StandardCharsets.ISO_8859_1);
				if (soFar.startsWith("GET /readyz ")) {
					if (soFar.contains("\r\n\r\n")) {
						socket.getOutputStream().write(READY.getBytes(StandardCharsets.ISO_8859_1));
						return;
					}
				}
				else if (text.size() == read) {
					this.received.add(text);
				}
				if (isComplete(soFar)) {
					text = new ByteArrayOutputStream();
					socket.getOutputStream().write(EMPTY.getBytes(StandardCharsets.ISO_8859_1));
				}
				read = in.read(buffer);
			}
		}
		catch (IOException ex) {
			// Reset: what was received before is kept.
		}
		finally {
			this.open.remove(socket);
		}
	}

	private static boolean isComplete(String request) {
		boolean chunked = request.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
		return request.endsWith(chunked ? "\r\n0\r\n\r\n" : "\r\n\r\n");
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	/** What was received, a text for each request; the last may be incomplete. */
	List<String> received() {
		return this.received.stream().map((text) -> text.toString(StandardCharsets.ISO_8859_1)).toList();
	}

	void forget() {
		this.received.clear();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.open) {
			socket.close();
		}
	}

}
