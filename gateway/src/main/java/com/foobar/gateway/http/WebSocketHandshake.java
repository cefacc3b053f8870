package com.foobar.gateway.http;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Does this request ask for a WebSocket (RFC 6455, section 4.1)?
 */
public final class WebSocketHandshake {

	private WebSocketHandshake() {
	}

	/** A request that asks for more than that, or has a body, does not. */
	public static boolean isOne(HttpVersion version, HttpMethod method, HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.UPGRADE)) {
			return false;
		}
		List<String> protocols = headers.getAll(HttpHeaderNames.UPGRADE);
		return HttpVersion.HTTP_1_1.equals(version) && HttpMethod.GET.equals(method) && protocols.size() == 1
				&& HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(protocols.get(0))
				&& headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
				&& headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
				&& !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				&& headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
	}

}
