package com.foobar.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback interface that nobody listens on.
 *
 * <p>
 * They lie below the range from which operating systems take the local port of outgoing
 * connections: a server that is stopped and started again finds its port still free.
 */
public final class FreePorts {

	private static final int FIRST = 20_000;

	private static final int LAST = 32_000;

	private FreePorts() {
	}

	public static int next() {
		for (int attempt = 0; attempt < 200; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port found between %d and %d".formatted(FIRST, LAST));
	}

	/**
	 * Answers whether a server could listen on a port now, on the loopback interface and
	 * on all interfaces.
	 */
	public static boolean isFree(int port) {
		return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
				&& canBind(new InetSocketAddress(port));
	}

	private static boolean canBind(InetSocketAddress address) {
		try (ServerSocket socket = new ServerSocket()) {
			// A port in TIME_WAIT is free for a server, which sets the same option.
			socket.setReuseAddress(true);
			socket.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
