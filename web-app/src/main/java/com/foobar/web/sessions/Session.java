package com.foobar.web.sessions;

import java.time.Duration;
import java.time.Instant;

import com.foobar.web.members.SignedIn;

/**
 * The claims of a sign-in's token. Immutable.
 *
 * @param member the signed-in member
 * @param signedInAt when the password was checked
 * @param checkedAt when the member was last read from the database
 * @param expiresAt when the sign-in expires unless it is renewed
 */
record Session(SignedIn member, Instant signedInAt, Instant checkedAt, Instant expiresAt) {

	static Session start(SignedIn member, Instant now, SessionProperties settings) {
		return new Session(member, now, now, expiry(now, now, settings));
	}

	/**
	 * Renew the sign-in after the member was read. Activity extends a sign-in, up to a
	 * limit.
	 */
	Session renew(SignedIn current, Instant now, SessionProperties settings) {
		return new Session(current, this.signedInAt, now, expiry(this.signedInAt, now, settings));
	}

	boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	boolean isDue(Instant now, Duration interval) {
		return !now.isBefore(this.checkedAt.plus(interval));
	}

	private static Instant expiry(Instant signedInAt, Instant now, SessionProperties settings) {
		Instant idle = now.plus(settings.idleTimeout());
		Instant absolute = signedInAt.plus(settings.absoluteTimeout());
		return idle.isBefore(absolute) ? idle : absolute;
	}

}
