package com.foobar.gateway.netty;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Could another server find another end of this request than we do? The codec refuses
 * most such requests itself (contradicting lengths, a length beside chunks, stray
 * characters); these rules are for those it lets pass.
 */
final class FramingRules {

	private FramingRules() {
	}

	/**
	 * What is wrong with a request.
	 * @param request an HTTP/1 request as the codec read it
	 * @return what is wrong, or null
	 */
	static @Nullable String fault(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
			return "the version is " + version.text();
		}
		if (!request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
			return null;
		}
		// A server that does not know a coding may take the body for one of no length.
		List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
		return (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) ? null
				: "Transfer-Encoding is " + codings;
	}

}
