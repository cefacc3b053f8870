package com.foobar.gateway.netty;

import java.io.IOException;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * The HTTP/1.1 codec of a connection to a backend. It takes the place of Netty's
 * {@code HttpClientCodec}, and ensures that what is read belongs to the request that was
 * sent:
 * <ul>
 * <li>Informational responses (1xx other than 101) are dropped; what follows them is the
 * response (RFC 9110, section 15.2).
 * <li>Bytes that come while no response is due, or right behind the end of one, close the
 * connection. They are never read as the response to a later request.
 * <li>A response that cannot be read fails with an {@link UnreadableResponseException},
 * and its connection is closed.
 * </ul>
 * <p>
 * One instance for each connection, used on its event loop unless stated otherwise.
 */
public final class StrictHttpClientCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

	private final Channel channel;

	private final Runnable onSurplus;

	/** Method of the request whose response is due; null if none is. */
	private @Nullable HttpMethod due;

	private long exchanges;

	/** Whether another protocol is spoken from here on. */
	private boolean switched;

	private boolean closing;

	private StrictHttpClientCodec(Channel channel, HttpDecoderConfig config, Runnable onSurplus) {
		this.channel = channel;
		this.onSurplus = onSurplus;
		init(new Decoder(config), new Encoder());
	}

	/**
	 * Takes the place of the codec of a connection that has just been made.
	 * @param channel the connection, with an HTTP codec
	 * @param maxHeaderSize most bytes of the headers of a response
	 * @param onSurplus called once if the connection is closed because bytes came that
	 * belong to no response
	 */
	public static void install(Channel channel, int maxHeaderSize, Runnable onSurplus) {
		HttpDecoderConfig config = new HttpDecoderConfig().setMaxHeaderSize(maxHeaderSize);
		channel.pipeline()
			.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec,
					new StrictHttpClientCodec(channel, config, onSurplus));
	}

	/**
	 * The codec of a connection.
	 * @param channel the connection
	 * @return null if the connection speaks another protocol by now
	 */
	public static @Nullable StrictHttpClientCodec of(Channel channel) {
		return (channel.pipeline().get(NettyPipeline.HttpCodec) instanceof StrictHttpClientCodec codec) ? codec : null;
	}

	/** How many requests were sent; the number of the last one. */
	public long exchanges() {
		return this.exchanges;
	}

	/**
	 * Closes the connection if the response to a request is still due: nobody reads it
	 * any more. May be called on any thread.
	 */
	public void abandon(long exchange) {
		if (!this.channel.eventLoop().inEventLoop()) {
			this.channel.eventLoop().execute(() -> abandon(exchange));
		}
		else if (this.exchanges == exchange && this.due != null && !this.switched) {
			close();
		}
	}

	private void close() {
		this.closing = true;
		// Not to be put back to the idle ones.
		Connection.from(this.channel).markPersistent(false);
		// After what was read, which is still on its way to its reader.
		this.channel.eventLoop().execute(() -> {
			var unused = this.channel.close();
		});
	}

	private final class Encoder extends HttpRequestEncoder {

		@Override
		protected void encode(ChannelHandlerContext ctx, Object msg, List<Object> out) throws Exception {
			StrictHttpClientCodec codec = StrictHttpClientCodec.this;
			if (msg instanceof HttpRequest request) {
				if (codec.closing) {
					throw new IOException("The connection is being closed");
				}
				codec.due = request.method();
				codec.exchanges++;
			}
			super.encode(ctx, msg, out);
		}

	}

	private final class Decoder extends HttpResponseDecoder {

		/**
		 * The end of the response, held back until all that has come in is decoded: with
		 * it the connection is free for the next request, to which nothing of that may
		 * belong.
		 */
		private @Nullable LastHttpContent end;

		/**
		 * Whether something was read of which the reader, who requested it, got nothing.
		 */
		private boolean dropped;

		Decoder(HttpDecoderConfig config) {
			super(config);
		}

		@Override
		protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
			StrictHttpClientCodec codec = StrictHttpClientCodec.this;
			if (codec.switched) {
				super.decode(ctx, buffer, out);
			}
			else if (codec.due == null || codec.closing) {
				refuse(buffer);
			}
			else {
				int before = out.size();
				super.decode(ctx, buffer, out);
				if (out.size() > before) {
					decoded(out, before);
				}
			}
		}

		private void refuse(ByteBuf surplus) {
			StrictHttpClientCodec codec = StrictHttpClientCodec.this;
			if (!codec.closing && surplus.isReadable()) {
				codec.onSurplus.run();
				close();
			}
			surplus.skipBytes(surplus.readableBytes());
		}

		// Decoded at once is a head, a head and its end, or a part of a body.
		private void decoded(List<Object> out, int from) {
			StrictHttpClientCodec codec = StrictHttpClientCodec.this;
			int lastIndex = out.size() - 1;
			Object last = out.get(lastIndex);
			if (out.get(from) instanceof HttpResponse head && isInformational(head)) {
				this.dropped = true;
				for (int i = lastIndex; i >= from; i--) {
					out.remove(i);
				}
			}
			else if (last instanceof DecoderResultProvider message && message.decoderResult().isFailure()) {
				message.setDecoderResult(
						DecoderResult.failure(new UnreadableResponseException(message.decoderResult().cause())));
				codec.due = null;
				close();
			}
			else if (last instanceof LastHttpContent content && !codec.switched) {
				codec.due = null;
				this.end = content;
				out.remove(lastIndex);
			}
		}

		private static boolean isInformational(HttpResponse head) {
			return head.decoderResult().isSuccess() && head.status().codeClass() == HttpStatusClass.INFORMATIONAL
					&& head.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
			passEnd(ctx);
			if (this.dropped) {
				this.dropped = false;
				if (!ctx.channel().config().isAutoRead()) {
					ctx.read();
				}
			}
			super.channelReadComplete(ctx);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) throws Exception {
			passEnd(ctx);
			super.channelInactive(ctx);
		}

		private void passEnd(ChannelHandlerContext ctx) {
			LastHttpContent content = this.end;
			if (content != null) {
				this.end = null;
				ctx.fireChannelRead(content);
			}
		}

		// The end of the connection shows whether a head is incomplete.
		@Override
		protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
			super.decodeLast(ctx, in, out);
			out.removeIf((message) -> message instanceof DecoderResultProvider provider
					&& provider.decoderResult().cause() instanceof PrematureChannelClosureException);
		}

		@Override
		protected HttpMessage createMessage(String[] initialLine) {
			HttpMessage message = super.createMessage(initialLine);
			int status = ((HttpResponse) message).status().code();
			if (status < 100 || status > 999) {
				throw new IllegalArgumentException("status code " + status);
			}
			return message;
		}

		@Override
		protected boolean isContentAlwaysEmpty(HttpMessage message) {
			return HttpMethod.HEAD.equals(StrictHttpClientCodec.this.due) || super.isContentAlwaysEmpty(message);
		}

		@Override
		protected boolean isSwitchingToNonHttp1Protocol(HttpResponse response) {
			boolean switches = super.isSwitchingToNonHttp1Protocol(response);
			StrictHttpClientCodec.this.switched = switches;
			return switches;
		}

		// Netty ends a name at the first white space and looks for the colon from there:
		// of "Bad Name: x" it would make "Bad: x". Only white space before the colon may
		// be removed (RFC 9112, section 5.1). The line goes on behind the name.
		@Override
		protected AsciiString splitHeaderName(byte[] line, int start, int length) {
			int end = start + length;
			while (end < line.length && (line[end] == ' ' || line[end] == '\t')) {
				end++;
			}
			if (end == line.length || line[end] != ':') {
				throw new IllegalArgumentException("white space in the name of a header that begins with "
						+ new AsciiString(line, start, length, true));
			}
			return super.splitHeaderName(line, start, length);
		}

	}

}
