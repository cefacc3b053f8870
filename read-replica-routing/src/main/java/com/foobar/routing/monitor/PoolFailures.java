package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.util.Set;

import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import org.jspecify.annotations.Nullable;

/**
 * Answers "what does a failure to open a connection say about the node?".
 */
final class PoolFailures {

	/**
	 * ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED: want of room, while those
	 * who have a connection may go on.
	 */
	private static final Set<Integer> NO_ROOM = Set.of(1203, 1226);

	/**
	 * Refusals without a state of their own: host blocked (1129), host not allowed
	 * (1130), password to be changed (1820, 1862), account locked (3118, 3955; MariaDB
	 * 4151), access denied without a password (1698).
	 */
	private static final Set<Integer> REFUSALS = Set.of(1129, 1130, 1698, 1820, 1862, 3118, 3955, 4151);

	private PoolFailures() {
	}

	/**
	 * Why the node is out.
	 * @param failure what the driver said
	 * @return the reason, or {@code null} if the failure is none
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
		return (declined && !NO_ROOM.contains(failure.getErrorCode())) || REFUSALS.contains(failure.getErrorCode());
	}

	/**
	 * Not a refusal for want of room (08004), which the monitor may meet too, nor the use
	 * of a connection that was closed (08003), which is the application's mistake.
	 */
	static boolean isLossOfConnection(SQLException failure) {
		String state = failure.getSQLState();
		return state != null && state.startsWith("08") && !state.equals("08004") && !state.equals("08003");
	}

	/** The driver's messages have several. */
	static String firstLine(SQLException failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
	}

}
