package com.foobar.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.foobar.gateway.http.ProblemWriter;

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
				"default-src 'none'; style-src 'sha256-" + ProblemWriter.sha256(style) + "'; script-src 'sha256-"
						+ ProblemWriter.sha256(script)
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

}
