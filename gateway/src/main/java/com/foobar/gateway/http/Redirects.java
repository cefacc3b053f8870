package com.foobar.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Redirects to https on one of our own hosts; never to anywhere a client names.
 */
public final class Redirects {

	private final int publicHttpsPort;

	public Redirects(int publicHttpsPort) {
		this.publicHttpsPort = publicHttpsPort;
	}

	/**
	 * Where a request is sent instead.
	 * @param host an accepted host name
	 * @param target the request's target as received: path and query, kept as they are
	 */
	public String location(String host, String target) {
		String port = (this.publicHttpsPort != 443) ? ":" + this.publicHttpsPort : "";
		return "https://" + host + port + pathAndQuery(target);
	}

	public Mono<Void> send(HttpServerResponse response, String location) {
		// 308 keeps the method: a form posted to http is posted again, not fetched.
		response.status(HttpResponseStatus.PERMANENT_REDIRECT)
			.header(HttpHeaderNames.LOCATION, location)
			.header(HttpHeaderNames.CONTENT_LENGTH, "0");
		return response.send();
	}

	// The target may be in absolute form, http://host/path; its host is not to be
	// trusted.
	private static String pathAndQuery(String target) {
		if (target.startsWith("/")) {
			return target;
		}
		int authority = target.indexOf("://");
		int path = (authority != -1) ? target.indexOf('/', authority + 3) : -1;
		return (path != -1) ? target.substring(path) : "/";
	}

}
