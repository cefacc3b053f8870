package com.foobar.routing.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/**
 * Relays bytes between a replica and its source until it is silenced; the connections
 * stay open then. A single class without nested ones, because it also runs alone in a
 * container, which is paused to silence it.
 */
public final class LinkProxy implements AutoCloseable {

	private final ServerSocket server;

	private volatile CountDownLatch open = new CountDownLatch(0);

	/**
	 * Listen on the loopback interface.
	 * @param port of the source, on this machine
	 */
	public LinkProxy(int port) throws IOException {
		this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "127.0.0.1", port);
	}

	private LinkProxy(ServerSocket server, String host, int port) {
		this.server = server;
		start(() -> accept(host, port));
	}

	/**
	 * Listen in a container.
	 * @param arguments the port to listen on, the source's host and port
	 */
	public static void main(String[] arguments) throws IOException {
		new LinkProxy(new ServerSocket(Integer.parseInt(arguments[0])), arguments[1], Integer.parseInt(arguments[2]))
			.accept(arguments[1], Integer.parseInt(arguments[2]));
	}

	public int port() {
		return this.server.getLocalPort();
	}

	public void silence() {
		this.open = new CountDownLatch(1);
	}

	public void restore() {
		this.open.countDown();
	}

	private void accept(String host, int port) {
		try {
			while (!this.server.isClosed()) {
				Socket client = this.server.accept();
				Socket source = new Socket(host, port);
				start(() -> pass(client, source));
				start(() -> pass(source, client));
			}
		}
		catch (IOException ex) {
			if (!this.server.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void pass(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				this.open.await();
				out.write(buffer, 0, length);
			}
		}
		catch (IOException ex) {
			// One side has closed, so the other is closed.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "link-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		restore();
		this.server.close();
	}

}
