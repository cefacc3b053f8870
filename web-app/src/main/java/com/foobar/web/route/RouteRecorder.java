package com.foobar.web.route;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;

/**
 * Records the database nodes of the request on the current thread. Statements outside a
 * request are not recorded. Thread-safe.
 */
@Component
class RouteRecorder implements RoutingListener {

	private static final ThreadLocal<@Nullable Route> CURRENT = new ThreadLocal<>();

	void start(Route route) {
		CURRENT.set(route);
	}

	void stop() {
		CURRENT.remove();
	}

	@Override
	public void onRouted(RoutingDecision decision) {
		record(decision.node().name());
	}

	void record(String node) {
		Route route = CURRENT.get();
		if (route != null) {
			route.record(node);
		}
	}

}
