package com.foobar.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a web-app or the gateway: listens on the port of its arguments, over TLS if
 * they name a certificate, and responds to every request with 200.
 */
public final class StubApplication {

	private StubApplication() {
	}

	public static void main(String[] args) throws Exception {
		Map<String, String> settings = new TreeMap<>();
		Arrays.stream(args)
			.map((arg) -> arg.substring(2).split("=", 2))
			.forEach((pair) -> settings.put(pair[0], pair[1]));
		if (settings.containsKey("stub.exit")) {
			System.out.println("the stub ends as configured");
			System.exit(Integer.parseInt(settings.get("stub.exit")));
		}
		int status = Integer.parseInt(settings.getOrDefault("stub.status", "200"));
		serve(server(settings), status);
		@Nullable String management = settings.get("management.server.port");
		if (management != null) {
			serve(HttpServer.create(address(management), 0), status);
		}
	}

	/**
	 * Makes a jar that starts this class.
	 */
	public static Path jar(Path directory) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubApplication.class.getName());
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					StubApplication.class.getProtectionDomain().getCodeSource().getLocation().toString());
		Path jar = directory.resolve("stub.jar");
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
		return jar;
	}

	private static HttpServer server(Map<String, String> settings) throws Exception {
		InetSocketAddress address = address(settings.getOrDefault("server.port", "0"));
		String prefix = "spring.ssl.bundle.pem.gateway.keystore.";
		@Nullable String certificate = settings.get(prefix + "certificate");
		@Nullable String key = settings.get(prefix + "private-key");
		if (certificate == null || key == null) {
			return HttpServer.create(address, 0);
		}
		HttpsServer server = HttpsServer.create(address, 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context(pem(certificate), pem(key))));
		return server;
	}

	private static SSLContext context(byte[] certificate, byte[] key) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("stub", KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
				new char[0], new Certificate[] { CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(certificate)) });
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, new char[0]);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	private static byte[] pem(String uri) throws IOException {
		return Base64.getMimeDecoder()
			.decode(Files.readString(Path.of(uri.substring("file:".length()))).replaceAll("-----[A-Z ]+-----", ""));
	}

	private static InetSocketAddress address(String port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
	}

	private static void serve(HttpServer server, int status) {
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(status, 0);
			try (OutputStream body = exchange.getResponseBody()) {
				body.write("stub".getBytes(java.nio.charset.StandardCharsets.UTF_8));
			}
		});
		server.start();
	}

}
