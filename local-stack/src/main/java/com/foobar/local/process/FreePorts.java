package com.foobar.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds ports of the loopback interface that no program listens on.
 *
 * <p>
 * They are below the range of ephemeral ports, so that no outgoing connection takes the
 * port of a restarted server. A port is reserved until this JVM ends, also against other
 * JVMs that use this class: seconds may pass between the choice of a port and its use.
 */
public final class FreePorts {

	private static final int FIRST = 20_000;

	private static final int LAST = 32_000;

	private static final int ATTEMPTS = 6;

	private static final long PAUSE_NANOS = 50_000_000;

	// Open files, each with a lock that ends with this JVM.
	private static final List<FileChannel> RESERVATIONS = new ArrayList<>();

	private FreePorts() {
	}

	public static int next() {
		for (int attempt = 0; attempt < 200; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (reserve(port) && isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException(
				String.format(Locale.ROOT, "No free port found between %d and %d", FIRST, LAST));
	}

	private static synchronized boolean reserve(int port) {
		Path directory = Path.of(System.getProperty("java.io.tmpdir"),
				"foobar-ports-" + System.getProperty("user.name"));
		try {
			Files.createDirectories(directory);
			FileChannel channel = FileChannel.open(directory.resolve(Integer.toString(port)), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (channel.tryLock() != null) {
				RESERVATIONS.add(channel);
				return true;
			}
			channel.close();
			return false;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			// Another user's directory: the port is most likely free without a
			// reservation.
			return true;
		}
	}

	/**
	 * Whether a server could listen on a port now, on the loopback interface and on all
	 * interfaces.
	 */
	public static boolean isFree(int port) {
		// A forked process briefly holds copies of this process's open sockets, so one
		// attempt is not enough.
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
					&& canBind(new InetSocketAddress(port))) {
				return true;
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		return false;
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
