package com.foobar.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.foobar.gateway.netty.StrictHttpClientCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResponseTimeoutHandlerTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@BeforeEach
	void install() {
		this.channel.freezeTime();
		this.channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		StrictHttpClientCodec.install(this.channel, 8192, () -> {
		});
		ResponseTimeoutHandler.install(this.channel, Duration.ofSeconds(10));
	}

	@AfterEach
	void releaseAll() {
		this.channel.releaseInbound();
		this.channel.releaseOutbound();
		this.channel.close().syncUninterruptibly();
	}

	@Test
	void closesAConnectionWhoseResponseDoesNotStart() {
		request();
		pass(9);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		assertTimedOut();
	}

	@Test
	void restartsAfterEachPart() {
		request();
		pass(9);
		receive(HEAD);
		pass(9);
		receive("part");
		pass(9);
		receive("part");
		pass(9);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		assertTimedOut();
	}

	@Test
	void incompleteHeadersRestartTheTimeout() {
		request();
		pass(9);
		receive(HEAD.substring(0, 20));
		pass(9);
		receive(HEAD.substring(20));
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void doesNotRunWhileTheClientDoesNotRead() {
		this.channel.config().setAutoRead(false);
		request();
		receive(HEAD + "part");
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.read();
		pass(9);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		assertTimedOut();
	}

	@Test
	void runsWhenAReadIsRequestedInsideARead() {
		this.channel.config().setAutoRead(false);
		request();
		this.channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext ctx, Object msg) {
				ctx.read();
				ctx.fireChannelRead(msg);
			}

		});
		receive(HEAD);
		pass(10);
		assertTimedOut();
	}

	@Test
	void doesNotRunBeforeTheRequestHasEnded() {
		this.channel.writeOutbound(post());
		this.channel.read();
		pass(3600);
		this.channel.writeOutbound(content());
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
		pass(10);
		assertTimedOut();
	}

	@Test
	void doesNotRunAfterAnEarlyResponse() {
		this.channel.writeOutbound(post());
		receive(HEAD + "0123456789");
		this.channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void doesNotRunBetweenRequests() {
		for (int i = 0; i < 3; i++) {
			request();
			pass(9);
			receive(HEAD + "0123456789");
			pass(3600);
			assertThat(this.channel.isOpen()).isTrue();
		}
		request();
		pass(10);
		assertTimedOut();
	}

	@Test
	void hasOneTimerForManyRequests() {
		for (int i = 0; i < 5; i++) {
			request();
			receive(HEAD + "0123456789");
			pass(1);
		}
		request();
		pass(5);
		// The timer of the first request fired and was rescheduled for the last one.
		assertThat(this.channel.runScheduledPendingTasks()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
		assertThat(this.channel.isOpen()).isTrue();
		pass(5);
		assertTimedOut();
	}

	@ParameterizedTest
	@ValueSource(strings = { "100 Continue", "103 Early Hints" })
	void runsAfterAnInformationalResponse(String status) {
		request();
		receive("HTTP/1.1 " + status + "\r\n\r\n");
		pass(10);
		assertTimedOut();
	}

	@Test
	void doesNotRunAfterAProtocolSwitch() {
		request();
		receive("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n");
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void isCancelledForOneResponse() {
		request();
		receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
		ResponseTimeoutHandler.cancel(this.channel);
		pass(3600);
		receive("1\r\nx\r\n");
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
		receive("0\r\n\r\n");
		request();
		pass(10);
		assertTimedOut();
	}

	@Test
	void leavesNoTimerBehind() {
		request();
		this.channel.close().syncUninterruptibly();
		assertThat(this.channel.runScheduledPendingTasks()).isEqualTo(-1);
	}

	private void request() {
		this.channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
		this.channel.read();
	}

	private static Object post() {
		DefaultHttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
		request.headers().set("Transfer-Encoding", "chunked");
		return request;
	}

	private static Object content() {
		return new DefaultHttpContent(Unpooled.copiedBuffer("part", StandardCharsets.US_ASCII));
	}

	private void receive(String bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
	}

	private void pass(int seconds) {
		this.channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
	}

	private void assertTimedOut() {
		assertThat(this.channel.isOpen()).isFalse();
		assertThatThrownBy(this.channel::checkException).isInstanceOf(ReadTimeoutException.class);
	}

}
