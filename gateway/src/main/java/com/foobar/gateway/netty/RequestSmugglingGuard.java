package com.foobar.gateway.netty;

import java.util.List;

import com.foobar.gateway.http.RequestTarget;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds HTTP/1 requests that two servers could read differently (RFC 9112, section 11.2).
 * The codec rejects most such requests itself (contradicting lengths, a length beside
 * chunks, stray characters); this guard is for those that it accepts. It reads the bytes
 * as well, because the codec joins folded lines without a trace.
 * <p>
 * One instance for each connection, used on its event loop.
 */
final class RequestSmugglingGuard {

	/** Whether the last byte was the end of a line of the headers. */
	private boolean afterLine;

	private boolean folded;

	/**
	 * Reads the bytes of a request before the codec does: to the empty line only. What
	 * follows it is a body, or a request sent ahead, whose folded lines go out unfolded.
	 */
	void scan(ByteBuf bytes) {
		int end = bytes.writerIndex();
		int next = this.afterLine ? bytes.readerIndex() : lineAfter(bytes, bytes.readerIndex());
		while (next >= 0 && next < end) {
			byte first = bytes.getByte(next);
			if (first == ' ' || first == '\t') {
				this.folded = true;
			}
			if (first == '\r' || first == '\n') {
				this.afterLine = false;
				return;
			}
			next = lineAfter(bytes, next);
		}
		this.afterLine = (next == end);
	}

	private static int lineAfter(ByteBuf bytes, int from) {
		int lineFeed = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
		return (lineFeed != -1) ? lineFeed + 1 : -1;
	}

	/**
	 * What is wrong with a request. Brings its target into the one form that is
	 * forwarded.
	 * @param request a request as the codec read it
	 * @return null if nothing is, or if the codec rejects it itself
	 */
	@Nullable String fault(HttpRequest request) {
		boolean wasFolded = this.folded;
		this.folded = false;
		if (request.decoderResult().isFailure()) {
			return null;
		}
		String fault = wasFolded ? "a header line is folded" : framingFault(request);
		return (fault != null) ? fault : RequestTarget.normalize(request);
	}

	/** The next byte belongs to another request. */
	void requestEnded() {
		this.afterLine = false;
	}

	private static @Nullable String framingFault(HttpRequest request) {
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
