package com.foobar.routing.consistency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import com.foobar.routing.Causality;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.servers.ReplicatedServers;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.This;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * A mutant of the library: one method is replaced in the running JVM and restored
 * afterwards.
 */
enum Mutant {

	/** The token and the own writes of the request are ignored. */
	TOKEN_IGNORED(CausalReads.class, "required", MethodDelegation.to(NothingRequired.class)),

	/** The GTID in the server's response to a commit is ignored. */
	COMMIT_NOT_RECORDED(ThreadLocalCausality.class, "committed", StubMethod.INSTANCE),

	/** A replica whose wait timed out counts as caught up. */
	RESULT_OF_THE_WAIT_IGNORED(CausalReads.class, "await", MethodDelegation.to(IgnoreTimeout.class)),

	/** The wait runs on one replica, and the read on another one. */
	WAIT_ON_ANOTHER_REPLICA(CausalReads.class, "await", MethodDelegation.to(WaitElsewhere.class)),

	/** Progress of a replica is recorded before the wait, which is short. */
	PROGRESS_REPORTED_TOO_EARLY(CausalReads.class, "await", MethodDelegation.to(WaitAfterRecording.class)),

	/** After a wait that timed out any replica is accepted. */
	TIMEOUT_IGNORED(RequiredGtids.class, "withoutWaiting", MethodDelegation.to(NothingRequired.class)),

	/** GTIDs that the first primary lacks are discarded, even after a failover. */
	FORMER_PRIMARY_TRUSTED(CausalReads.class, "verify", MethodDelegation.to(VerifyOnFirstPrimary.class)),

	/** Reads are not recorded, although they must be monotonic. */
	READ_NOT_RECORDED(CausalReads.class, "recordRead", StubMethod.INSTANCE);

	private final Class<?> type;

	private final String method;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Implementation replacement;

	Mutant(Class<?> type, String method, Implementation replacement) {
		this.type = type;
		this.method = method;
		this.replacement = replacement;
	}

	/**
	 * Install the mutant.
	 * @return restores the original method
	 */
	Runnable install(ReplicatedServers servers) {
		Instrumentation instrumentation = ByteBuddyAgent.install();
		ClassReloadingStrategy strategy = ClassReloadingStrategy.of(instrumentation);
		ClassFileLocator original = ClassFileLocator.ForClassLoader.of(this.type.getClassLoader());
		WaitElsewhere.servers = servers;
		new ByteBuddy().redefine(this.type, original)
			.method(ElementMatchers.named(this.method))
			.intercept(this.replacement)
			.make()
			.load(this.type.getClassLoader(), strategy);
		return () -> {
			try {
				strategy.reset(original, this.type);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

	/** Whether only a failover reveals it. */
	boolean isAboutRoles() {
		return this == FORMER_PRIMARY_TRUSTED;
	}

	/** Whether only monotonic readers detect it. */
	boolean isAboutTime() {
		return this == READ_NOT_RECORDED;
	}

	static final class NothingRequired {

		private NothingRequired() {
		}

		static RequiredGtids nothing() {
			return RequiredGtids.NONE;
		}

	}

	static final class IgnoreTimeout {

		private IgnoreTimeout() {
		}

		static boolean await(Connection connection, DatabaseNode replica, RequiredGtids required) throws SQLException {
			waitOn(connection, required);
			return true;
		}

	}

	static final class WaitElsewhere {

		private static @Nullable ReplicatedServers servers;

		private WaitElsewhere() {
		}

		static boolean await(Connection connection, DatabaseNode replica, RequiredGtids required) throws SQLException {
			ReplicatedServers servers = Objects.requireNonNull(WaitElsewhere.servers);
			String chosen = connection.getMetaData().getURL();
			String other = servers.replicas()
				.stream()
				.map((server) -> server.url())
				.filter((url) -> !url.equals(chosen))
				.findFirst()
				.orElseThrow();
			try (Connection elsewhere = DriverManager.getConnection(other, servers.username(), servers.password())) {
				return waitOn(elsewhere, required);
			}
		}

	}

	static final class WaitAfterRecording {

		private WaitAfterRecording() {
		}

		static boolean await(@This CausalReads reads, @Argument(0) Connection connection,
				@Argument(1) DatabaseNode replica, @Argument(2) RequiredGtids required) throws SQLException {
			reads.executed().record(replica, null, required.transactions());
			return waitOn(connection, new RequiredGtids(required.transactions(), Duration.ofMillis(20)));
		}

	}

	static final class VerifyOnFirstPrimary {

		private VerifyOnFirstPrimary() {
		}

		static RequiredGtids verify(@This CausalReads reads) throws SQLException {
			ReplicatedServers servers = Objects.requireNonNull(WaitElsewhere.servers);
			try (Connection connection = servers.administer(servers.primaryUrl())) {
				Dependencies dependencies = reads.causality().dependencies();
				GtidSet unverified = dependencies.unverified();
				dependencies.verified(unverified, unverified.retain(Dialect.of(connection).executed(connection)));
			}
			return reads.required();
		}

	}

	private static boolean waitOn(Connection connection, RequiredGtids required) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(required.transactions().waitQuery(required.timeout()))) {
			return row.next() && row.getInt(1) == 0 && !row.wasNull();
		}
	}

}
