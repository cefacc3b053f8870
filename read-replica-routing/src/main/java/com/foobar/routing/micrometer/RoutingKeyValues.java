package com.foobar.routing.micrometer;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.WaitListener;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Adds the servers used, and the reasons, to the current observation of the thread, such
 * as a request. They are key values of high cardinality, which appear on spans and not on
 * meters. Creates no observation of its own: statements are observed by instrumented
 * drivers. Thread-safe.
 * <table>
 * <caption>Key values</caption>
 * <tr>
 * <td>{@code read.replica.routing.node}</td>
 * <td>the servers in the order of their first use, separated by commas</td>
 * </tr>
 * <tr>
 * <td>{@code read.replica.routing.reason}</td>
 * <td>the reasons, in the same format</td>
 * </tr>
 * <tr>
 * <td>{@code read.replica.routing.waited}</td>
 * <td>how many milliseconds reads waited for a replica, absent if none did</td>
 * </tr>
 * </table>
 */
public final class RoutingKeyValues implements RoutingListener, WaitListener {

	/** The servers that the observed work has used. */
	static final String NODE = "read.replica.routing.node";

	/** Why these servers were selected. */
	static final String REASON = "read.replica.routing.reason";

	/** How long reads waited. */
	static final String WAITED = "read.replica.routing.waited";

	private final Supplier<ObservationRegistry> registry;

	/**
	 * Create a listener.
	 * @param registry supplies the registry of the current observation; called for each
	 * decision, so the registry may be created after the first one
	 */
	public RoutingKeyValues(Supplier<ObservationRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public void onRouted(RoutingDecision decision) {
		Observation observation = current();
		if (observation != null) {
			add(observation, NODE, decision.node().name());
			add(observation, REASON, decision.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		}
	}

	@Override
	public void onWaited(DatabaseNode replica, Duration waited, boolean reached) {
		Observation observation = current();
		if (observation != null) {
			String before = value(observation, WAITED);
			long millis = waited.toMillis() + ((before != null) ? Long.parseLong(before) : 0);
			observation.highCardinalityKeyValue(WAITED, Long.toString(millis));
		}
	}

	private @Nullable Observation current() {
		Observation observation = this.registry.get().getCurrentObservation();
		return (observation != null && !observation.isNoop()) ? observation : null;
	}

	private static void add(Observation observation, String key, String value) {
		String before = value(observation, key);
		if (before == null) {
			observation.highCardinalityKeyValue(key, value);
		}
		else if (!("," + before + ",").contains("," + value + ",")) {
			observation.highCardinalityKeyValue(key, before + "," + value);
		}
	}

	private static @Nullable String value(Observation observation, String key) {
		KeyValue known = observation.getContext().getHighCardinalityKeyValue(key);
		return (known != null) ? known.getValue() : null;
	}

}
