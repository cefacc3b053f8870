package com.foobar.routing.compat;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * What applications use, above MySQL.
 */
@EnabledIfDockerAvailable
class MySqlCompatibilityIT {

	@SuppressWarnings("NullAway.Init")
	private static MySqlServers servers;

	@BeforeAll
	static void startServers() {
		servers = new MySqlServers(2);
	}

	@AfterAll
	static void stopServers() {
		servers.close();
	}

	@Nested
	class JdbcTransactions extends TransactionContract {

		@Override
		ReplicatedServers servers() {
			return servers;
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
			return servers;
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
			return servers;
		}

	}

	@Nested
	class Sessions extends SessionContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Jpa extends JpaContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class LostUpdates extends LostUpdateContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class DataJdbc extends DataJdbcContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Async extends AsyncContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Migration extends MigrationContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Tracing extends TracingContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Pools extends PoolContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Telemetry extends TelemetryContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Observing extends ObservationContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Messages extends MessageContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class Selecting extends SelectionContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

	@Nested
	class PrimaryFallback extends PrimaryFallbackContract {

		@Override
		ReplicatedServers servers() {
			return servers;
		}

	}

}
