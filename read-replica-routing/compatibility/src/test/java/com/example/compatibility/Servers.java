package com.example.compatibility;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import com.foobar.local.database.Account;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.routing.Topology;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A primary and a replica whose replication is stopped once the application has started.
 */
final class Servers {

	static final ReplicatedMariaDb DATABASE = ReplicatedMariaDb.builder().killOnExit(false).start();

	/** Its server id. */
	private static final int REPLICA = 2;

	private static ConfigurableApplicationContext application;

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Servers::stop));
	}

	private Servers() {
	}

	/** The application with all libraries, started once. */
	static synchronized ConfigurableApplicationContext application() {
		if (application == null) {
			application = start(WebApplicationType.SERVLET, CompatibilityApplication.class);
			standStill();
		}
		return application;
	}

	/** Closes the application first, which would log errors otherwise. */
	private static synchronized void stop() {
		if (application != null) {
			application.close();
		}
		DATABASE.close();
	}

	static <T> T bean(Class<T> type) {
		return application().getBean(type);
	}

	static ConfigurableApplicationContext start(WebApplicationType web, Class<?> type, String... more) {
		List<String> properties = new ArrayList<>(List.of( "--spring.datasource.url=" + DATABASE.primary().jdbcUrl(),
				"--spring.datasource.username=" + Account.MIGRATION.username(),
				"--spring.datasource.password=" + DATABASE.credentials().password(Account.MIGRATION),
				"--read-replica-routing.replicas[0].url=" + DATABASE.replica(0).jdbcUrl(),
				"--read-replica-routing.monitor.username=" + Account.MONITOR.username(),
				"--read-replica-routing.monitor.password=" + DATABASE.credentials().password(Account.MONITOR)));
		properties.addAll(List.of(more));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(type).web(web).registerShutdownHook(false)
			.run(properties.toArray(String[]::new));
		await(() -> context.getBean(Topology.class).snapshot().hasEligibleReplica());
		return context;
	}

	/**
	 * Waits until the replica has all current transactions and stops replication. The
	 * replica is briefly ineligible.
	 */
	static void standStill() {
		DATABASE.replica(0).delay(Duration.ZERO);
		DATABASE.awaitCaughtUp();
		DATABASE.replica(0).delay(Duration.ofHours(1));
		Board board = application.getBean(Board.class);
		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(60))
			.until(() -> elsewhere(board::serverThatReads) == REPLICA);
	}

	static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	/** Runs on a new thread without a scope. */
	static <T> T elsewhere(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(work);
		new Thread(task).start();
		try {
			return task.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception failure) ? failure : ex;
		}
	}

}
