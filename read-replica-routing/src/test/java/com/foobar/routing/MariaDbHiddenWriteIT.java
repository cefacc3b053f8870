package com.foobar.routing;

import java.util.List;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Hidden writes on MariaDB, through Connector/J with a MySQL URL.
 */
class MariaDbHiddenWriteIT extends HiddenWriteContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers());

	@BeforeAll
	static void createSequence() {
		servers.get().onPrimary("CREATE SEQUENCE foobar.s");
	}

	@Override
	ReplicatedServers servers() {
		return servers.get();
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
