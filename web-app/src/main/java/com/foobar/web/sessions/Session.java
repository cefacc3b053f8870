package com.foobar.web.sessions;

import java.time.Duration;
import java.time.Instant;

import com.foobar.web.members.SignedIn;

/**
 * One sign-in, as its token tells. Immutable.
 *
 * @param member who is signed in
 * @param signedInAt when the password was asked for
 * @param checkedAt when the member was last looked up
 * @param expiresAt when the sign-in ends unless it is renewed
 */
record Session(SignedIn member, Instant signedInAt, Instant checkedAt, Instant expiresAt) {

	static Session begin(SignedIn member, Instant now, SessionProperties settings) {
		return new Session(member, now, now, end(now, now, settings));
	}

	/**
	 * Renews it after a look at the member. Activity prolongs a sign-in, up to a limit.
	 */
	Session renew(SignedIn current, Instant now, SessionProperties settings) {
		return new Session(current, this.signedInAt, now, end(this.signedInAt, now, settings));
	}

	boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	boolean isDue(Instant now, Duration check) {
		return !now.isBefore(this.checkedAt.plus(check));
	}

	private static Instant end(Instant signedInAt, Instant now, SessionProperties settings) {
		Instant idle = now.plus(settings.idleTimeout());
		Instant longest = signedInAt.plus(settings.absoluteTimeout());
		return idle.isBefore(longest) ? idle : longest;
	}

}
