package com.foobar.gateway.proxy;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * The open event streams. They do not end by themselves, so the gateway completes them
 * when it stops: their clients then reconnect.
 * <p>
 * Thread-safe.
 */
final class EventStreams implements SmartLifecycle {

	private volatile Sinks.Empty<Void> stop = Sinks.empty();

	private volatile boolean running;

	/** The same stream, until the gateway stops. */
	Flux<ByteBuf> untilStop(Flux<ByteBuf> events) {
		return events.takeUntilOther(this.stop.asMono());
	}

	@Override
	public void start() {
		this.stop = Sinks.empty();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		var unused = this.stop.tryEmitEmpty();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// When the stop has been announced, and before it waits for what is under way.
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE - 1;
	}

}
