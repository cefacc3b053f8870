package com.foobar.web.route;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;

/**
 * Notes the database nodes of the request that the current thread serves. Statements run
 * outside a request are not noted. Thread-safe.
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
		passed(decision.node().name());
	}

	void passed(String node) {
		Route route = CURRENT.get();
		if (route != null) {
			route.passed(node);
		}
	}

}
