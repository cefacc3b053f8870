package com.foobar.web.readiness;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;

/**
 * Counts the connections to each database server since startup, separately for reads and
 * writes. Thread-safe.
 */
@Component
class RoutedConnections implements RoutingListener {

	private final Map<DatabaseNode, LongAdder> reads = new ConcurrentHashMap<>();

	private final Map<DatabaseNode, LongAdder> writes = new ConcurrentHashMap<>();

	@Override
	public void onRouted(RoutingDecision decision) {
		Map<DatabaseNode, LongAdder> counts = isRead(decision.reason()) ? this.reads : this.writes;
		counts.computeIfAbsent(decision.node(), (node) -> new LongAdder()).increment();
	}

	private static boolean isRead(RoutingDecision.Reason reason) {
		return switch (reason) {
			case READ_WRITE, AUTO_COMMIT -> false;
			default -> true;
		};
	}

	long reads(DatabaseNode node) {
		return count(this.reads, node);
	}

	long writes(DatabaseNode node) {
		return count(this.writes, node);
	}

	private static long count(Map<DatabaseNode, LongAdder> counts, DatabaseNode node) {
		LongAdder count = counts.get(node);
		return (count != null) ? count.sum() : 0;
	}

}
