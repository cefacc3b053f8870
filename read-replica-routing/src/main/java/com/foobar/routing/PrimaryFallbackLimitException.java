package com.foobar.routing;

import java.sql.SQLTransientConnectionException;

/**
 * A read-only transaction that no replica can serve was not sent to the primary, because
 * as many such transactions run there already as the limit allows. Nothing was sent to
 * any server, so the transaction can be retried: it succeeds as soon as another one ends,
 * or a replica is eligible again. Spring translates it into a
 * {@code TransientDataAccessResourceException}. Its SQLState is 08004: the connection was
 * rejected.
 */
public final class PrimaryFallbackLimitException extends SQLTransientConnectionException {

	private static final long serialVersionUID = 1L;

	private static final String REJECTED = "08004";

	public PrimaryFallbackLimitException(DatabaseNode primary, RoutingDecision.Reason reason, int limit) {
		super("A read-only transaction cannot run on the primary " + primary + " although no replica can serve it ("
				+ reason + "): " + limit
				+ " such transactions run there already, as many as read-replica-routing.primary-fallback.max-concurrent allows. "
				+ "Repair a replica, try again later, or raise the limit.", REJECTED);
	}

}
