package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.util.Set;

import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import org.jspecify.annotations.Nullable;

/**
 * Answers "what does a failure to open a connection mean for the node?".
 */
final class PoolFailures {

	/**
	 * ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED: lack of capacity, while
	 * open connections keep working.
	 */
	private static final Set<Integer> NO_CAPACITY = Set.of(1203, 1226);

	/**
	 * Refusals without an SQLState of their own: host blocked (1129), host not allowed
	 * (1130), password to be changed (1820, 1862), account locked (3118, 3955; MariaDB
	 * 4151), access denied without a password (1698).
	 */
	private static final Set<Integer> REFUSALS = Set.of(1129, 1130, 1698, 1820, 1862, 3118, 3955, 4151);

	private PoolFailures() {
	}

	/**
	 * Why the node is taken out.
	 * @param failure the driver's exception
	 * @return the reason, or {@code null} if the failure is no reason
	 */
	static @Nullable Ineligible describe(SQLException failure) {
		if (isRefusal(failure)) {
			return new Ineligible(Cause.REFUSED, "refusing the connections of its pool: " + firstLine(failure)
					+ " (SQLState " + failure.getSQLState() + ", error " + failure.getErrorCode()
					+ "); check the database in its URL, its username, and that account's password and privileges");
		}
		if (isLossOfConnection(failure)) {
			return new Ineligible(Cause.UNREACHABLE,
					"unreachable: a connection could not be opened: " + firstLine(failure));
		}
		return null;
	}

	private static boolean isRefusal(SQLException failure) {
		String state = failure.getSQLState();
		boolean declined = state != null && (state.startsWith("28") || state.startsWith("42"));
		return (declined && !NO_CAPACITY.contains(failure.getErrorCode())) || REFUSALS.contains(failure.getErrorCode());
	}

	/**
	 * Neither a refusal for lack of capacity (08004), which may hit the monitor too, nor
	 * the use of a closed connection (08003), which is a fault of the application.
	 */
	static boolean isLossOfConnection(SQLException failure) {
		String state = failure.getSQLState();
		return state != null && state.startsWith("08") && !state.equals("08004") && !state.equals("08003");
	}

	/** The driver's messages have several lines. */
	static String firstLine(SQLException failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
	}

}
