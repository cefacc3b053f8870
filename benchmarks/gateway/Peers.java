import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * For {@code soak}: clients that disconnect early, which load generators do not, and a backend with WebSockets, event
 * streams and slow responses.
 * <pre>
 * Peers backend PORT
 * Peers CLIENT COUNT CERTIFICATE PORT PATH
 * </pre>
 * A client repeats its action COUNT times, over TLS, on connections of its own, and prints the number of attempts and of
 * failures.
 */
public final class Peers {

	private static final int AT_A_TIME = 16;

	private static final int TIMEOUT = 30_000;

	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	/** One action of one client. */
	private interface Action {

		void run(int number) throws Exception;

	}

	public static void main(String[] args) throws Exception {
		if (args[0].equals("backend")) {
			serve(Integer.parseInt(args[1]));
			return;
		}
		SSLContext tls = trusting(Path.of(args[2]));
		int port = Integer.parseInt(args[3]);
		String path = args[4];
		repeat(Integer.parseInt(args[1]), switch (args[0]) {
			case "leave" -> (n) -> leave(tls, port, path, n);
			case "leave-at-once" -> (n) -> leaveAtOnce(tls, port, path, n);
			case "leave-half-a-body" -> (n) -> leaveHalfABody(tls, port, path, n);
			case "unreadable" -> (n) -> beRefused(tls, port, "GET " + path + " HTTP/1.1\r\nHost localhost\r\n\r\n");
			case "folded" -> (n) -> beRefused(tls, port,
					"GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Folded: one\r\n two\r\n\r\n");
			case "announce-body" -> (n) -> announceBody(tls, port, path);
			case "websocket" -> (n) -> webSocket(tls, port, path);
			case "leave-websocket" -> (n) -> leaveWebSocket(tls, port, path, n);
			case "reset" -> reset(tls, port, path);
			default -> throw new IllegalArgumentException("There is no client " + args[0]);
		});
	}

	private static void repeat(int count, Action action) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		Thread[] threads = new Thread[AT_A_TIME];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> {
				for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
					try {
						action.run(n);
					}
					catch (Exception ex) {
						if (failed.getAndIncrement() == 0) {
							ex.printStackTrace();
						}
					}
				}
			});
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		System.out.println(count + " " + failed);
	}

	// Sends a request, and disconnects when the response has started.
	private static void leave(SSLContext tls, int port, String path, int n) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			connection.expect(200);
			connection.in.readByte();
			connection.leave(n);
		}
	}

	private static void leaveAtOnce(SSLContext tls, int port, String path, int n) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			connection.leave(n);
		}
	}

	private static void leaveHalfABody(SSLContext tls, int port, String path, int n) throws Exception {
		try (Connection connection = new Connection(tls, port)) {
			connection.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n"
					+ "x".repeat(5000));
			Thread.sleep(2);
			connection.leave(n);
		}
	}

	// A request for an internal path is refused before its body is sent.
	private static void announceBody(SSLContext tls, int port, String path) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n");
			connection.expect(404);
		}
	}

	private static void beRefused(SSLContext tls, int port, String request) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.send(request);
			connection.expect(400);
		}
	}

	private static void webSocket(SSLContext tls, int port, String path) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.open(path);
			connection.frame(0x81, "hello");
			connection.expectFrame(0x81);
			connection.frame(0x88, "\u0003\u00e8");
			connection.expectFrame(0x88);
		}
	}

	private static void leaveWebSocket(SSLContext tls, int port, String path, int n) throws IOException {
		try (Connection connection = new Connection(tls, port)) {
			connection.open(path);
			connection.frame(0x81, "hello");
			connection.expectFrame(0x81);
			connection.leave(n);
		}
	}

	// The client of the JDK resets the stream when its body is closed before the end.
	private static Action reset(SSLContext tls, int port, String path) {
		HttpClient[] clients = new HttpClient[4];
		for (int i = 0; i < clients.length; i++) {
			clients[i] = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
		}
		HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).build();
		return (n) -> {
			HttpResponse<InputStream> response = clients[n % clients.length].send(request,
					HttpResponse.BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				if (response.statusCode() != 200 || body.read() == -1 || response.version() != HttpClient.Version.HTTP_2) {
					throw new IOException("Status " + response.statusCode() + " over " + response.version());
				}
			}
		};
	}

	private static SSLContext trusting(Path certificate) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		try (InputStream in = Files.newInputStream(certificate)) {
			store.setCertificateEntry("gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, trust.getTrustManagers(), null);
		return tls;
	}

	private static final class Connection implements AutoCloseable {

		private final Socket socket;

		private final SSLSocket tls;

		private final DataInputStream in;

		Connection(SSLContext context, int port) throws IOException {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setSoTimeout(TIMEOUT);
			this.tls = (SSLSocket) context.getSocketFactory().createSocket(this.socket, "localhost", port, true);
			this.in = new DataInputStream(this.tls.getInputStream());
		}

		void send(String text) throws IOException {
			this.tls.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		void expect(int status) throws IOException {
			String head = head(this.in);
			if (!head.startsWith("HTTP/1.1 " + status)) {
				throw new IOException("Expected " + status + ", and there came " + head);
			}
		}

		void open(String path) throws IOException {
			send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n");
			expect(101);
		}

		// The mask is 0, so that it changes nothing.
		void frame(int first, String text) throws IOException {
			send(new String(new char[] { (char) first, (char) (0x80 | text.length()), 0, 0, 0, 0 }) + text);
		}

		void expectFrame(int first) throws IOException {
			int came = this.in.readUnsignedByte();
			if (came != first) {
				throw new IOException("Expected a frame " + first + ", and there came " + came);
			}
			this.in.readFully(new byte[this.in.readUnsignedByte()]);
		}

		// Alternates between a reset and a proper close of TLS.
		void leave(int n) throws IOException {
			if (n % 2 == 0) {
				this.socket.setSoLinger(true, 0);
				this.socket.close();
			}
		}

		@Override
		public void close() throws IOException {
			if (!this.socket.isClosed()) {
				this.tls.close();
			}
		}

	}

	private static void serve(int port) throws IOException {
		try (ServerSocket server = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress())) {
			while (true) {
				Socket socket = server.accept();
				Thread thread = new Thread(() -> {
					try (socket) {
						respond(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
					}
					catch (Exception ex) {
						// The peer has disconnected, as some of the clients do.
					}
				});
				thread.start();
			}
		}
	}

	private static void respond(DataInputStream in, OutputStream out) throws Exception {
		String head = head(in);
		if (head.startsWith("GET /websocket")) {
			byte[] accept = MessageDigest.getInstance("SHA-1")
				.digest((KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
			write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n");
			int first;
			do {
				first = in.readUnsignedByte();
				byte[] frame = new byte[2 + (in.readUnsignedByte() & 0x7f)];
				in.readFully(new byte[4]);
				in.readFully(frame, 2, frame.length - 2);
				frame[0] = (byte) first;
				frame[1] = (byte) (frame.length - 2);
				out.write(frame);
			}
			while (first != 0x88);
		}
		else if (head.startsWith("GET /events")) {
			write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
			while (true) {
				write(out, "data: something has happened\n\n");
				Thread.sleep(50);
			}
		}
		else {
			Thread.sleep(20);
			write(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nslow");
		}
	}

	private static void write(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
			int next = in.read();
			if (next == -1) {
				throw new EOFException("The connection ended after '" + head + "'");
			}
			head.append((char) next);
		}
		return head.toString();
	}

}
