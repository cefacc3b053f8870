package com.foobar.routing.micrometer;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

import com.foobar.routing.Causality;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.connection.PrimaryFallbackLimit;
import com.foobar.routing.consistency.WaitLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of routing, all named {@code read.replica.routing.…}. Thread-safe.
 * <table>
 * <caption>Meters</caption>
 * <tr>
 * <td>{@code decisions}</td>
 * <td>connections by {@code target} (primary, replica), {@code node} and
 * {@code reason}</td>
 * </tr>
 * <tr>
 * <td>{@code waits}</td>
 * <td>how long reads waited for a replica, by {@code node} and {@code outcome} (reached,
 * timed-out)</td>
 * </tr>
 * <tr>
 * <td>{@code waiting}</td>
 * <td>reads that are waiting for the {@code node}</td>
 * </tr>
 * <tr>
 * <td>{@code waits.rejected}</td>
 * <td>reads that could not wait for the {@code node} because of the limit</td>
 * </tr>
 * <tr>
 * <td>{@code tokens}</td>
 * <td>received tokens by {@code outcome} (accepted, unreadable, unknown)</td>
 * </tr>
 * <tr>
 * <td>{@code primary.fallback.active}, {@code primary.fallback.rejected}</td>
 * <td>reads on the primary because no replica is eligible, and those that failed because
 * of the limit</td>
 * </tr>
 * <tr>
 * <td>{@code eligible}</td>
 * <td>1 while the {@code node} is eligible for reads or writes, otherwise 0</td>
 * </tr>
 * <tr>
 * <td>{@code state}</td>
 * <td>1 for the current {@code state} of the {@code node}, 0 for all others</td>
 * </tr>
 * <tr>
 * <td>{@code lag}</td>
 * <td>lag of the {@code node} in seconds, NaN while it is not eligible</td>
 * </tr>
 * </table>
 */
public final class RoutingMetrics implements RoutingListener, MeterBinder {

	private static final String PREFIX = "read.replica.routing.";

	private static final String ELIGIBLE = "eligible";

	private final Topology topology;

	private final Causality causality;

	private final WaitLimit waitLimit;

	private final PrimaryFallbackLimit fallbackLimit;

	/**
	 * By node, then by reason, because the hash of a whole decision costs more. The inner
	 * maps are not changed but replaced.
	 */
	private final Map<DatabaseNode, Map<Reason, Counter>> decisions = new ConcurrentHashMap<>();

	private final Map<Wait, Timer> waits = new ConcurrentHashMap<>();

	private volatile @Nullable MeterRegistry registry;

	/**
	 * Create a binder of the meters.
	 * @param topology the state of the servers
	 * @param causality counts tokens and reports waits
	 * @param waitLimit counts the reads that wait
	 * @param fallbackLimit counts the reads on the primary because no replica is eligible
	 */
	public RoutingMetrics(Topology topology, Causality causality, WaitLimit waitLimit,
			PrimaryFallbackLimit fallbackLimit) {
		this.topology = topology;
		this.causality = causality;
		this.waitLimit = waitLimit;
		this.fallbackLimit = fallbackLimit;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		TopologySnapshot snapshot = this.topology.snapshot();
		bind(registry, snapshot.primary().node());
		snapshot.replicas().forEach((replica) -> bind(registry, replica.node()));
		this.causality.addWaitListener((replica, waited, reached) -> this.waits
			.computeIfAbsent(new Wait(replica, reached), (key) -> timer(registry, key))
			.record(waited));
		Gauge.builder(PREFIX + "primary.fallback.active", this.fallbackLimit, PrimaryFallbackLimit::current)
			.description("Read-only connections on the primary because no replica is eligible")
			.baseUnit(BaseUnits.CONNECTIONS)
			.register(registry);
		FunctionCounter
			.builder(PREFIX + "primary.fallback.rejected", this.fallbackLimit, PrimaryFallbackLimit::rejected)
			.description("Reads that failed because of the limit of reads on the primary")
			.register(registry);
		tokens(registry, "accepted", Causality.Received::accepted);
		tokens(registry, "unreadable", Causality.Received::unreadable);
		tokens(registry, "unknown", Causality.Received::unknown);
	}

	private void tokens(MeterRegistry registry, String outcome, ToLongFunction<Causality.Received> count) {
		FunctionCounter
			.builder(PREFIX + "tokens", this.causality, (causality) -> count.applyAsLong(causality.received()))
			.description("Tokens received from clients and services, by outcome")
			.tag("outcome", outcome)
			.register(registry);
	}

	private void bind(MeterRegistry registry, DatabaseNode node) {
		Gauge.builder(PREFIX + ELIGIBLE, () -> state(node).isEligible() ? 1 : 0)
			.description("Whether the server is eligible for new reads or writes")
			.tag("node", node.name())
			.register(registry);
		bindState(registry, node, ELIGIBLE);
		for (Cause cause : Cause.values()) {
			bindState(registry, node, lowerCase(cause));
		}
		Gauge.builder(PREFIX + "waiting", () -> this.waitLimit.waiting(node))
			.description("Reads that wait for the replica to execute the transactions they depend on")
			.baseUnit("reads")
			.tag("node", node.name())
			.register(registry);
		FunctionCounter.builder(PREFIX + "waits.rejected", this.waitLimit, (limit) -> limit.rejected(node))
			.description("Reads that could not wait for the replica because of the limit")
			.tag("node", node.name())
			.register(registry);
		if (node.role() == DatabaseNode.Role.REPLICA) {
			Gauge.builder(PREFIX + "lag", () -> lag(state(node)))
				.description("Lag of the replica, NaN while it is not eligible")
				.baseUnit("seconds")
				.tag("node", node.name())
				.register(registry);
		}
	}

	private void bindState(MeterRegistry registry, DatabaseNode node, String name) {
		Gauge.builder(PREFIX + "state", () -> name(state(node).status()).equals(name) ? 1 : 0)
			.description("The state of the server")
			.tag("node", node.name())
			.tag("state", name)
			.register(registry);
	}

	private static String name(NodeStatus status) {
		return (status instanceof NodeStatus.Ineligible ineligible) ? lowerCase(ineligible.cause()) : ELIGIBLE;
	}

	private static String lowerCase(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private NodeState state(DatabaseNode node) {
		return this.topology.snapshot()
			.find(node.name())
			.orElseThrow(() -> new IllegalStateException(node + " left the topology"));
	}

	private static double lag(NodeState state) {
		return (state.status() instanceof NodeStatus.Eligible eligible) ? eligible.lag().toNanos() / 1e9 : Double.NaN;
	}

	@Override
	public void onRouted(RoutingDecision decision) {
		MeterRegistry registry = this.registry;
		if (registry != null) {
			counter(registry, decision).increment();
		}
	}

	private Counter counter(MeterRegistry registry, RoutingDecision decision) {
		Map<Reason, Counter> ofNode = this.decisions.get(decision.node());
		Counter counter = (ofNode != null) ? ofNode.get(decision.reason()) : null;
		return (counter != null) ? counter : add(registry, decision);
	}

	private Counter add(MeterRegistry registry, RoutingDecision decision) {
		Counter counter = register(registry, decision);
		this.decisions.compute(decision.node(), (node, before) -> {
			Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
			if (before != null) {
				counters.putAll(before);
			}
			counters.put(decision.reason(), counter);
			return counters;
		});
		return counter;
	}

	private static Timer timer(MeterRegistry registry, Wait wait) {
		return Timer.builder(PREFIX + "waits")
			.description("How long reads waited for a replica to execute the transactions they depend on")
			.tag("node", wait.replica().name())
			.tag("outcome", wait.reached() ? "reached" : "timed-out")
			.register(registry);
	}

	private static Counter register(MeterRegistry registry, RoutingDecision decision) {
		return Counter.builder(PREFIX + "decisions")
			.description("Connections by selected server and reason")
			.tag("target", lowerCase(decision.node().role()))
			.tag("node", decision.node().name())
			.tag("reason", lowerCase(decision.reason()))
			.register(registry);
	}

	private record Wait(DatabaseNode replica, boolean reached) {

	}

}
