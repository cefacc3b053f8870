package com.foobar.routing.monitor;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;

/**
 * Damps flapping: several consecutive failed probes take a server out, and several
 * consecutive good ones bring it back. The first probe counts at once, since there is no
 * state to keep. Immutable.
 *
 * @param published the status that routing uses
 * @param good consecutive good probes
 * @param bad consecutive failed probes
 */
record Hysteresis(NodeStatus published, int good, int bad) {

	static final Hysteresis START = new Hysteresis(new Ineligible(Cause.UNKNOWN, "not probed yet"), 0, 0);

	/**
	 * Record one probe.
	 * @param seen the status according to the probe
	 * @param rise how many good probes bring the server back
	 * @param fall how many failed probes take it out
	 * @return the state after it
	 */
	Hysteresis next(NodeStatus seen, int rise, int fall) {
		boolean eligible = this.published instanceof Eligible;
		if (seen instanceof Eligible) {
			int good = this.good + 1;
			if (eligible || isStart() || good >= rise) {
				return new Hysteresis(seen, good, 0);
			}
			return new Hysteresis(new Ineligible(Cause.RECOVERING,
					"recovering: " + good + " of " + rise + " consecutive good probes"), good, 0);
		}
		int bad = this.bad + 1;
		if (eligible && bad < fall) {
			return new Hysteresis(this.published, 0, bad);
		}
		return new Hysteresis(seen, 0, bad);
	}

	/**
	 * Take the server out at once, because a connection could not be opened.
	 * @param detail how it failed
	 * @return the state after it
	 */
	Hysteresis suspect(String detail) {
		return confirmed(new Ineligible(Cause.UNREACHABLE, detail));
	}

	/**
	 * Take the server out at once, because a probe confirmed a failure.
	 * @param seen the status according to the probe
	 * @return the state after it
	 */
	Hysteresis confirmed(Ineligible seen) {
		return new Hysteresis(seen, 0, this.bad + 1);
	}

	/**
	 * Start again, after a change of the role: the status counts at once.
	 * @param seen the status according to the last probe, in the new role
	 * @return the state after it
	 */
	static Hysteresis from(NodeStatus seen) {
		return (seen instanceof Eligible) ? new Hysteresis(seen, 1, 0) : new Hysteresis(seen, 0, 1);
	}

	private boolean isStart() {
		return this.good == 0 && this.bad == 0;
	}

}
