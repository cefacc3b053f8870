package com.foobar.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The console's page: one document with inline style and script, and the policy that
 * allows these two only.
 *
 * @param html the document
 * @param contentSecurityPolicy value of the header
 */
record ConsolePage(String html, String contentSecurityPolicy) {

	static ConsolePage load() {
		String style = read("console.css");
		String script = read("console.js");
		return new ConsolePage(read("console.html").replace("/*style*/", style).replace("/*script*/", script),
				"default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
						+ "'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
						+ "require-trusted-types-for 'script'; trusted-types 'none'");
	}

	private static String read(String file) {
		try (InputStream in = ConsolePage.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException(file + " is missing beside " + ConsolePage.class.getName());
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
