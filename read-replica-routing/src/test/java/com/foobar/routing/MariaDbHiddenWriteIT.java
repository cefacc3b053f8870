package com.foobar.routing;

import java.util.List;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Hidden writes on MariaDB, which Connector/J reaches with a MySQL URL.
 */
class MariaDbHiddenWriteIT extends HiddenWriteContract {

	@SuppressWarnings("NullAway.Init")
	private static MariaDbServers servers;

	@BeforeAll
	static void startServers() {
		servers = new MariaDbServers();
		servers.onPrimary("CREATE SEQUENCE foobar.s");
	}

	@AfterAll
	static void stopServers() {
		servers.close();
	}

	@Override
	ReplicatedServers servers() {
		return servers;
	}

	@Override
	String dialect() {
		return "MariaDBDialect";
	}

	@Override
	List<String> refusedHere() {
		return List.of("ANALYZE SELECT f()", "SELECT NEXTVAL(s)", "SELECT NEXT VALUE FOR s", "SELECT SETVAL(s, 100)",
				"EXECUTE IMMEDIATE 'INSERT INTO item (id) VALUES (77)'",
				"BEGIN NOT ATOMIC INSERT INTO item (id) VALUES (77); END",
				"SET STATEMENT max_statement_time=10 FOR SELECT f()", "/*M! SELECT f() */");
	}

}
