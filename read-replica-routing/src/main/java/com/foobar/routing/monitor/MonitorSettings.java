package com.foobar.routing.monitor;

import java.time.Duration;

/**
 * How the servers are monitored.
 *
 * @param discovery how the primary is determined
 * @param interval interval between two probes of a server
 * @param timeout timeout of connecting, and of each statement
 * @param rise how many consecutive good probes bring a replica back
 * @param fall how many consecutive failed probes take a server out
 * @param maxLag maximum lag of an eligible replica
 */
public record MonitorSettings(PrimaryDiscovery discovery, Duration interval, Duration timeout, int rise, int fall,
		Duration maxLag) {

	/**
	 * Settings for servers whose roles are configured and never change.
	 * @param interval interval between two probes of a server
	 * @param timeout timeout of connecting, and of each statement
	 * @param rise how many consecutive good probes bring a replica back
	 * @param fall how many consecutive failed probes take a server out
	 * @param maxLag maximum lag of an eligible replica
	 */
	public MonitorSettings(Duration interval, Duration timeout, int rise, int fall, Duration maxLag) {
		this(PrimaryDiscovery.STATIC, interval, timeout, rise, fall, maxLag);
	}

}
