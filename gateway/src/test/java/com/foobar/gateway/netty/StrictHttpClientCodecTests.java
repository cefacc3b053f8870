package com.foobar.gateway.netty;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;

import static org.assertj.core.api.Assertions.assertThat;

class StrictHttpClientCodecTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

	private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final AtomicInteger surplus = new AtomicInteger();

	@BeforeEach
	void install() {
		this.channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		StrictHttpClientCodec.install(this.channel, 1024, this.surplus::incrementAndGet);
	}

	@AfterEach
	void releaseAll() {
		this.channel.releaseInbound();
		this.channel.releaseOutbound();
		this.channel.close().syncUninterruptibly();
	}

	@Test
	void passesOneResponseForEachRequest() {
		for (int i = 0; i < 3; i++) {
			request(HttpMethod.GET);
			receive(HEAD + "body");
			assertResponse(200, "body");
		}
		assertThat(this.channel.isOpen()).isTrue();
		assertThat(this.surplus).hasValue(0);
	}

	@Test
	void dropsInformationalResponsesByteByByte() {
		request(HttpMethod.GET);
		for (char character : (EARLY_HINTS + EARLY_HINTS + HEAD + "body").toCharArray()) {
			receive(String.valueOf(character));
		}
		assertResponse(200, "body");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void readsAgainWhenAllInputWasDropped() {
		this.channel.config().setAutoRead(false);
		AtomicInteger reads = new AtomicInteger();
		this.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

			@Override
			public void read(ChannelHandlerContext ctx) {
				reads.incrementAndGet();
				ctx.read();
			}

		});
		request(HttpMethod.GET);
		receive(EARLY_HINTS);
		assertThat(reads).hasPositiveValue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\r\n", HEAD + "more", EARLY_HINTS })
	void passesTheResponseAndClosesWhenSurplusFollows(String more) {
		request(HttpMethod.GET);
		receive(HEAD + "body" + more);
		assertResponse(200, "body");
		assertClosedForSurplus();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\r\n", HEAD + "more", EARLY_HINTS })
	void closesOnUnrequestedInput(String bytes) {
		receive(bytes);
		assertThat(this.channel.<Object>readInbound()).isNull();
		assertClosedForSurplus();
	}

	@Test
	void closesOnInputAfterTheResponse() {
		request(HttpMethod.GET);
		receive(HEAD + "body");
		assertResponse(200, "body");
		assertThat(this.channel.isOpen()).isTrue();
		receive(HEAD + "more");
		assertThat(this.channel.<Object>readInbound()).isNull();
		assertClosedForSurplus();
	}

	// The end of a response releases the connection for another request.
	@Test
	void delaysTheEndUntilAllInputIsParsed() {
		request(HttpMethod.GET);
		assertThat(this.channel.writeOneInbound(Unpooled.copiedBuffer(HEAD + "body", StandardCharsets.ISO_8859_1)))
			.isNotNull();
		assertThat(this.channel.<Object>readInbound()).isInstanceOf(HttpResponse.class);
		assertThat(this.channel.<Object>readInbound()).isNull();
		assertThat(this.channel.writeOneInbound(Unpooled.copiedBuffer("more", StandardCharsets.ISO_8859_1)))
			.isNotNull();
		LastHttpContent end = this.channel.readInbound();
		assertThat(end.content().toString(StandardCharsets.ISO_8859_1)).isEqualTo("body");
		end.release();
		assertClosedForSurplus();
	}

	@ParameterizedTest
	@ValueSource(strings = { "no HTTP\r\n", "HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
			EARLY_HINTS + "HTTP/1.1 99 Too Low\r\n\r\n" })
	void failsOnInvalidInput(String bytes) {
		request(HttpMethod.GET);
		receive(bytes);
		HttpResponse response = this.channel.readInbound();
		assertThat(response.decoderResult().cause()).isInstanceOf(UnreadableResponseException.class);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.surplus).hasValue(0);
	}

	@Test
	void invalidHeadIsNoResponse() {
		request(HttpMethod.GET);
		receive("HTTP/1.1 200 OK\r\nContent-");
		this.channel.close().syncUninterruptibly();
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	@Test
	void abandonsOnlyTheGivenRequest() {
		StrictHttpClientCodec codec = Objects.requireNonNull(StrictHttpClientCodec.of(this.channel));
		request(HttpMethod.GET);
		receive(HEAD + "body");
		codec.abandon(1);
		request(HttpMethod.GET);
		codec.abandon(1);
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isTrue();
		codec.abandon(2);
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	private void request(HttpMethod method) {
		this.channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/"));
	}

	private void receive(String bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
	}

	private void assertResponse(int status, String body) {
		HttpResponse head = this.channel.readInbound();
		assertThat(head.status().code()).isEqualTo(status);
		StringBuilder text = new StringBuilder();
		HttpContent part;
		do {
			part = this.channel.readInbound();
			assertThat(part).isNotNull();
			text.append(part.content().toString(StandardCharsets.ISO_8859_1));
			part.release();
		}
		while (!(part instanceof LastHttpContent));
		assertThat(text).hasToString(body);
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	private void assertClosedForSurplus() {
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.surplus).hasValue(1);
	}

}
