package com.foobar.routing.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP load balancer: one address for several servers, round robin by connection.
 */
public final class Balancer implements AutoCloseable {

	private static final String ADDRESS = "//[^/:]+:(\\d+)/";

	private final ServerSocket listener;

	private final List<Integer> ports;

	private final String url;

	private final AtomicInteger connections = new AtomicInteger();

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	/**
	 * Listen on the loopback interface.
	 * @param urls JDBC URLs of servers on this machine
	 */
	public Balancer(List<String> urls) {
		this.ports = urls.stream().map(Balancer::port).toList();
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.url = urls.get(0).replaceFirst(ADDRESS, "//127.0.0.1:" + this.listener.getLocalPort() + "/");
		start(this::accept);
	}

	private static int port(String url) {
		return Integer.parseInt(url.replaceFirst("^.*?" + ADDRESS + ".*$", "$1"));
	}

	/** The JDBC URL of the balancer. */
	public String url() {
		return this.url;
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				int port = this.ports.get(this.connections.getAndIncrement() % this.ports.size());
				Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
				this.sockets.add(client);
				this.sockets.add(server);
				start(() -> copy(client, server));
				start(() -> copy(server, client));
			}
			catch (IOException ex) {
				// The balancer was closed, or a server refused; the next connection
				// decides.
			}
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to) {
			InputStream in = from.getInputStream();
			in.transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// Both sockets are closed now, so that the peer sees the end.
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "balancer");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
