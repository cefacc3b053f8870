package com.foobar.routing.compat;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The compatibility contracts on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlCompatibilityIT {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers(2));

	@Nested
	class JdbcTransactions extends TransactionContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

		@Override
		String[] technology() {
			return new String[] { WITHOUT_JPA };
		}

	}

	@Nested
	class JpaTransactions extends TransactionContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

		@Override
		String[] technology() {
			return new String[] { "spring.jpa.open-in-view=false" };
		}

	}

	@Nested
	class Statements extends StatementContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Sessions extends SessionContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Jpa extends JpaContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class LostUpdates extends LostUpdateContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class DataJdbc extends DataJdbcContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Async extends AsyncContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Migration extends MigrationContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Tracing extends TracingContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Pools extends PoolContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Telemetry extends TelemetryContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Observing extends ObservationContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Messages extends MessageContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class Selecting extends SelectionContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

	@Nested
	class PrimaryFallback extends PrimaryFallbackContract {

		@Override
		ReplicatedServers servers() {
			return servers.get();
		}

	}

}
