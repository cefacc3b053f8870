package com.foobar.routing.actuate;

import java.util.List;
import java.util.Objects;

import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the servers, and drains replicas: {@code POST /actuator/replicas/NAME {"drained":
 * true}}.
 */
@Endpoint(id = "replicas")
public final class ReplicasEndpoint {

	private final Topology topology;

	private final ReplicaControl control;

	/**
	 * Create an endpoint.
	 * @param topology the state of the servers
	 * @param control drains replicas
	 */
	public ReplicasEndpoint(Topology topology, ReplicaControl control) {
		this.topology = topology;
		this.control = control;
	}

	/**
	 * All servers.
	 * @return their state
	 */
	@ReadOperation
	public Servers servers() {
		var snapshot = this.topology.snapshot();
		return new Servers(Server.of(snapshot.primary()), snapshot.replicas().stream().map(Server::of).toList());
	}

	/**
	 * One replica.
	 * @param name its name
	 * @return its state, or {@code null} if there is none
	 */
	@ReadOperation
	public @Nullable Server replica(@Selector String name) {
		return servers().replicas().stream().filter((server) -> server.name().equals(name)).findFirst().orElse(null);
	}

	/**
	 * Drain a replica, or put it back into use.
	 * @param name its name
	 * @param drained whether it gets no new reads
	 * @return its state after that
	 * @throws InvalidEndpointRequestException if there is no such replica; over HTTP this
	 * is a 400, since an empty response would look like success
	 */
	@WriteOperation
	public Server drain(@Selector String name, boolean drained) {
		if (replica(name) == null) {
			List<String> replicas = servers().replicas().stream().map(Server::name).toList();
			throw new InvalidEndpointRequestException("There is no replica " + name + "; expected one of " + replicas,
					"Unknown replica");
		}
		if (drained) {
			this.control.drain(name);
		}
		else {
			this.control.undrain(name);
		}
		return Objects.requireNonNull(replica(name));
	}

	/**
	 * All servers.
	 *
	 * @param primary the primary
	 * @param replicas the replicas
	 */
	public record Servers(Server primary, List<Server> replicas) {

	}

	/**
	 * One server.
	 *
	 * @param name its name
	 * @param eligible whether it gets new reads or writes
	 * @param status its state as text
	 * @param lagMillis its lag, {@code null} while it is not eligible
	 * @param executed the transactions that it has executed
	 */
	public record Server(String name, boolean eligible, String status, @Nullable Long lagMillis, String executed) {

		static Server of(NodeState state) {
			Long lag = (state.status() instanceof NodeStatus.Eligible eligible) ? eligible.lag().toMillis() : null;
			return new Server(state.node().name(), state.isEligible(), state.status().toString(), lag,
					state.executed().toString());
		}

	}

}
