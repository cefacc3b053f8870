package com.foobar.routing.monitor;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;

/**
 * Keeps a server that flaps from flapping in the routing: it takes several bad looks in a
 * row to take it out and several good ones to take it back. The very first look counts at
 * once, since there is nothing to keep. Immutable.
 *
 * @param published the status the routing sees
 * @param good good looks in a row
 * @param bad bad looks in a row
 */
record Hysteresis(NodeStatus published, int good, int bad) {

	static final Hysteresis START = new Hysteresis(new Ineligible(Cause.UNKNOWN, "not asked yet"), 0, 0);

	/**
	 * Take one look into account.
	 * @param seen what the look speaks for
	 * @param rise how many good looks bring the server back
	 * @param fall how many bad looks take it out
	 * @return the state after it
	 */
	Hysteresis next(NodeStatus seen, int rise, int fall) {
		boolean eligible = this.published instanceof Eligible;
		if (seen instanceof Eligible) {
			int good = this.good + 1;
			if (eligible || isStart() || good >= rise) {
				return new Hysteresis(seen, good, 0);
			}
			return new Hysteresis(
					new Ineligible(Cause.RECOVERING, "recovering: " + good + " of " + rise + " good looks in a row"),
					good, 0);
		}
		int bad = this.bad + 1;
		if (eligible && bad < fall) {
			return new Hysteresis(this.published, 0, bad);
		}
		return new Hysteresis(seen, 0, bad);
	}

	/**
	 * Take the server out at once, because somebody could not connect to it.
	 * @param detail what they found
	 * @return the state after it
	 */
	Hysteresis suspect(String detail) {
		return confirmed(new Ineligible(Cause.UNREACHABLE, detail));
	}

	/**
	 * Take the server out at once, because a look found what somebody had met.
	 * @param seen what the look speaks for
	 * @return the state after it
	 */
	Hysteresis confirmed(Ineligible seen) {
		return new Hysteresis(seen, 0, this.bad + 1);
	}

	/**
	 * Begin anew, as a server does whose role has changed: what is good counts at once,
	 * if it may.
	 * @param seen what the last look speaks for in the new role
	 * @return the state after it
	 */
	static Hysteresis from(NodeStatus seen) {
		return (seen instanceof Eligible) ? new Hysteresis(seen, 1, 0) : new Hysteresis(seen, 0, 1);
	}

	private boolean isStart() {
		return this.good == 0 && this.bad == 0;
	}

}
