package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A server that sends the bytes that a test sets, valid or not, in the segments that it
 * sets. Passes its readiness checks.
 */
final class RawBackend implements AutoCloseable {

	/** In a script: a pause. */
	static final String PAUSE = "<pause>";

	/** In a script: closes the connection. */
	static final String END = "<end>";

	private static final String READY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<Socket, List<String>> open = new ConcurrentHashMap<>();

	private final Queue<List<String>> connections = new ConcurrentLinkedQueue<>();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Function<Request, List<String>> script;

	private volatile List<String> readiness = List.of(READY);

	RawBackend(Function<Request, List<String>> script) {
		this.script = script;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	/** A complete response. */
	static String ok(String body) {
		return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	/** Sets the response from now on; each part is sent as a segment of its own. */
	void respondWith(Function<Request, List<String>> parts) {
		this.script = parts;
	}

	/** Sets the response to readiness checks from now on. */
	void respondToChecksWith(String... parts) {
		this.readiness = List.of(parts);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Connections that carried a request other than a readiness check, each with its
	 * request targets.
	 */
	List<List<String>> connections() {
		return List.copyOf(this.connections);
	}

	/** Those of them that the gateway has not closed. */
	List<List<String>> open() {
		return List.copyOf(this.open.values());
	}

	/** Requests other than readiness checks. */
	int requests() {
		return this.requests.get();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				socket.setTcpNoDelay(true);
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			Request request = read(socket.getInputStream());
			List<String> targets = new CopyOnWriteArrayList<>();
			if (request != null && !request.target().equals("/readyz")) {
				this.connections.add(targets);
				this.open.put(socket, targets);
			}
			while (request != null) {
				if (request.target().equals("/readyz")) {
					write(socket, this.readiness);
				}
				else {
					targets.add(request.target());
					this.requests.incrementAndGet();
					if (!write(socket, this.script.apply(request))) {
						return;
					}
				}
				request = read(socket.getInputStream());
			}
		}
		catch (IOException ex) {
			// The gateway may close a connection at any time.
		}
		finally {
			this.open.remove(socket);
		}
	}

	private static boolean write(Socket socket, List<String> parts) throws IOException {
		OutputStream out = socket.getOutputStream();
		for (String part : parts) {
			switch (part) {
				case PAUSE -> pause();
				case END -> {
					return false;
				}
				default -> {
					out.write(part.getBytes(ISO_8859_1));
					out.flush();
				}
			}
		}
		return true;
	}

	// What a server does between two writes; nothing is awaited here.
	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static @Nullable Request read(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next == -1) {
				return null;
			}
			bytes.write(next);
		}
		String head = bytes.toString(ISO_8859_1);
		for (String line : head.split("\r\n", -1)) {
			if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
				in.readNBytes(Integer.parseInt(line.substring(15).strip()));
			}
		}
		String[] words = head.split(" ", 3);
		return new Request(words[0], words[1]);
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.open.keySet()) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

	/**
	 * A request.
	 *
	 * @param method the method
	 * @param target the request target
	 */
	record Request(String method, String target) {
	}

}
