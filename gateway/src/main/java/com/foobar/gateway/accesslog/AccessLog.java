package com.foobar.gateway.accesslog;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.RequestContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One line for each request. The URL and the referrer are logged without their query,
 * which may contain secrets. Appenders of the logger {@code access} must not block: it is
 * called on event loops.
 */
public class AccessLog {

	/** nginx's status for a connection that the client closed before the response. */
	private static final int CLIENT_CLOSED_REQUEST = 499;

	private static final int MAX_TEXT = 512;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Logger logger = LoggerFactory.getLogger("access");

	private final boolean enabled;

	private final Format format;

	private final Clock clock;

	private volatile Second second = new Second(Long.MIN_VALUE, "");

	public AccessLog(boolean enabled, Format format, Clock clock) {
		this.enabled = enabled;
		this.format = format;
		this.clock = clock;
	}

	public void write(HttpServerRequest request, HttpServerResponse response, RequestContext context, SignalType end) {
		if (!this.enabled || !logger.isInfoEnabled()) {
			return;
		}
		int status = context.isSwitched() ? HttpResponseStatus.SWITCHING_PROTOCOLS.code()
				: (end == SignalType.CANCEL && !response.hasSentHeaders()) ? CLIENT_CLOSED_REQUEST
						: response.status().code();
		// A WebSocket always ends with its connection.
		boolean incomplete = end != SignalType.ON_COMPLETE && !context.isSwitched();
		Line line = (this.format == Format.JSON) ? new JsonLine() : new CombinedLine();
		line.begin(this, Request.by(request), status, context.responseBytes());
		line.field("host", request.requestHeaders().get(HttpHeaderNames.HOST, "-"));
		line.field("backend", (context.backend() != null) ? context.backend() : "-");
		line.number("tries", context.attempts());
		line.millis("backend_ms", context.upstreamNanos());
		line.millis("duration_ms", context.elapsed());
		line.field("request_id", context.requestId());
		line.field("trace_id", context.trace().traceId());
		if (incomplete) {
			line.field("end", end.name().toLowerCase(Locale.ROOT));
		}
		logger.info(line.end());
	}

	/** Logs a request that could not be parsed. */
	public void unreadable(@Nullable SocketAddress client, int status, int bytes, String requestId) {
		if (!this.enabled || !logger.isInfoEnabled()) {
			return;
		}
		Line line = (this.format == Format.JSON) ? new JsonLine() : new CombinedLine();
		line.begin(this, Request.unparsed((client instanceof InetSocketAddress address) ? address : null), status,
				bytes);
		line.field("host", "-");
		line.field("backend", "-");
		line.number("tries", 0);
		line.field("request_id", requestId);
		logger.info(line.end());
	}

	private Instant now() {
		return this.clock.instant();
	}

	// Formatting a time costs more than the rest of the line.
	private String combinedTime() {
		long now = now().getEpochSecond();
		Second known = this.second;
		if (known.epochSecond() != now) {
			known = new Second(now, TIME.format(Instant.ofEpochSecond(now)));
			this.second = known;
		}
		return known.text();
	}

	private record Second(long epochSecond, String text) {
	}

	/**
	 * The client's part of a line.
	 */
	private record Request(String client, String method, String path, String protocol, String referer, String agent) {

		static Request by(HttpServerRequest request) {
			HttpHeaders headers = request.requestHeaders();
			return new Request(ForwardedHeaders.address(request.remoteAddress()), request.method().name(),
					withoutQuery(request.uri()), request.protocol(),
					withoutQuery(headers.get(HttpHeaderNames.REFERER, "-")),
					headers.get(HttpHeaderNames.USER_AGENT, "-"));
		}

		static Request unparsed(@Nullable InetSocketAddress client) {
			return new Request(ForwardedHeaders.address(client), "-", "-", "-", "-", "-");
		}

		private static String withoutQuery(String address) {
			int query = address.indexOf('?');
			return (query != -1) ? address.substring(0, query) : address;
		}

	}

	private abstract static class Line {

		final StringBuilder text = new StringBuilder(384);

		abstract void begin(AccessLog log, Request request, int status, long bytes);

		abstract void field(String name, String value);

		abstract void name(String name);

		abstract String end();

		void number(String name, long value) {
			name(name);
			this.text.append(value);
		}

		void millis(String name, long nanos) {
			name(name);
			long micros = nanos / 1000;
			this.text.append(micros / 1000).append('.');
			long rest = micros % 1000;
			this.text.append((char) ('0' + rest / 100))
				.append((char) ('0' + rest / 10 % 10))
				.append((char) ('0' + rest % 10));
		}

		// A quote or a control character would let a client forge fields or lines.
		void appendPlain(String value, boolean spaces) {
			int length = Math.min(value.length(), MAX_TEXT);
			for (int i = 0; i < length; i++) {
				char c = value.charAt(i);
				boolean plain = c > ' ' && c < 0x7f && c != '"' && c != '\\';
				this.text.append((plain || (spaces && c == ' ')) ? c : '?');
			}
		}

	}

	private static final class CombinedLine extends Line {

		@Override
		void begin(AccessLog log, Request request, int status, long bytes) {
			this.text.append(request.client()).append(" - - [").append(log.combinedTime()).append("] \"");
			appendPlain(request.method(), false);
			if (!request.protocol().equals("-")) {
				this.text.append(' ');
				appendPlain(request.path(), false);
				this.text.append(' ').append(request.protocol());
			}
			this.text.append("\" ").append(status).append(' ').append(bytes);
			quoted(request.referer());
			quoted(request.agent());
		}

		private void quoted(String value) {
			this.text.append(" \"");
			appendPlain(value, true);
			this.text.append('"');
		}

		@Override
		void name(String name) {
			this.text.append(' ').append(name).append('=');
		}

		@Override
		void field(String name, String value) {
			name(name);
			appendPlain(value, false);
		}

		@Override
		String end() {
			return this.text.toString();
		}

	}

	private static final class JsonLine extends Line {

		@Override
		void begin(AccessLog log, Request request, int status, long bytes) {
			field("time", log.now().toString());
			field("client", request.client());
			field("method", request.method());
			field("path", request.path());
			field("protocol", request.protocol());
			number("status", status);
			number("bytes", bytes);
			field("referer", request.referer());
			field("user_agent", request.agent());
		}

		@Override
		void name(String name) {
			this.text.append((this.text.length() == 0) ? "{\"" : ",\"").append(name).append("\":");
		}

		@Override
		void field(String name, String value) {
			name(name);
			this.text.append('"');
			appendPlain(value, true);
			this.text.append('"');
		}

		@Override
		String end() {
			return this.text.append('}').toString();
		}

	}

	/**
	 * The format of the access log.
	 */
	public enum Format {

		/**
		 * The combined format of Apache and nginx, followed by fields {@code name=value}.
		 */
		COMBINED,

		/** One JSON object per line. */
		JSON

	}

}
