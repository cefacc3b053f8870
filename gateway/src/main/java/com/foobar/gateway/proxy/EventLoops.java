package com.foobar.gateway.proxy;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoop;
import reactor.netty.resources.LoopResources;

/**
 * The event loops on which clients and backends are served, always in the same order.
 *
 * @param all each of them
 */
record EventLoops(List<EventLoop> all) {

	static EventLoops of(LoopResources resources) {
		List<EventLoop> all = new ArrayList<>();
		resources.onClient(LoopResources.hasNativeSupport()).forEach((executor) -> all.add((EventLoop) executor));
		return new EventLoops(List.copyOf(all));
	}

	/** One to begin with, for what has none of its own. */
	int indexOf(EventLoop loop) {
		return Math.max(0, this.all.indexOf(loop));
	}

}
