package com.foobar.gateway.edge;

import java.util.Locale;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One line for each request. The path is logged without its query, which may carry what
 * does not belong into a log. Appenders of the logger {@code access} must not block: it
 * is called on event loops.
 */
class AccessLog {

	/** As nginx calls it: the client closed the connection before the answer. */
	private static final int CLIENT_CLOSED_REQUEST = 499;

	private static final int MAX_PATH = 512;

	private static final Logger logger = LoggerFactory.getLogger("access");

	private final boolean enabled;

	AccessLog(boolean enabled) {
		this.enabled = enabled;
	}

	void write(HttpServerRequest request, HttpServerResponse response, Visit visit, SignalType end) {
		if (!this.enabled || !logger.isInfoEnabled()) {
			return;
		}
		int status = (end == SignalType.CANCEL && !response.hasSentHeaders()) ? CLIENT_CLOSED_REQUEST
				: response.status().code();
		StringBuilder line = new StringBuilder(256);
		line.append("method=").append(request.method().name()).append(" host=");
		appendPlain(line, request.requestHeaders().get(HttpHeaderNames.HOST, "-"));
		line.append(" path=");
		appendPlain(line, path(request.uri()));
		line.append(" protocol=").append(request.protocol());
		line.append(" status=").append(status);
		line.append(" duration_ms=");
		appendMillis(line, visit.elapsed());
		line.append(" backend=").append((visit.backend() != null) ? visit.backend() : "-");
		line.append(" attempts=").append(visit.attempts()).append(" backend_ms=");
		appendMillis(line, visit.upstreamNanos());
		line.append(" client=").append(ForwardedHeaders.address(request.remoteAddress()));
		line.append(" request_id=").append(visit.requestId());
		if (end != SignalType.ON_COMPLETE) {
			line.append(" end=").append(end.name().toLowerCase(Locale.ROOT));
		}
		logger.info(line.toString());
	}

	private static String path(String uri) {
		int query = uri.indexOf('?');
		return (query != -1) ? uri.substring(0, query) : uri;
	}

	// A space or a control character would let a client write fields, or lines, of its
	// own.
	private static void appendPlain(StringBuilder line, String text) {
		int length = Math.min(text.length(), MAX_PATH);
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			line.append((c > ' ' && c < 0x7f) ? c : '?');
		}
	}

	private static void appendMillis(StringBuilder line, long nanos) {
		long micros = nanos / 1000;
		line.append(micros / 1000).append('.');
		long rest = micros % 1000;
		line.append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10)).append((char) ('0' + rest % 10));
	}

}
