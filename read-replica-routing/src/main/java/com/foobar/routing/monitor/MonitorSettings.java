package com.foobar.routing.monitor;

import java.time.Duration;

/**
 * How the servers are watched.
 *
 * @param discovery who says which server is the primary
 * @param interval pause between two looks at a server
 * @param timeout how long connecting, and each answer, may take
 * @param rise how many good looks in a row bring a replica back
 * @param fall how many bad looks in a row take a server out
 * @param maxLag how far a replica may be behind
 */
public record MonitorSettings(PrimaryDiscovery discovery, Duration interval, Duration timeout, int rise, int fall,
		Duration maxLag) {

	/**
	 * Settings for servers that keep the roles which the configuration gives them.
	 * @param interval pause between two looks at a server
	 * @param timeout how long connecting, and each answer, may take
	 * @param rise how many good looks in a row bring a replica back
	 * @param fall how many bad looks in a row take a server out
	 * @param maxLag how far a replica may be behind
	 */
	public MonitorSettings(Duration interval, Duration timeout, int rise, int fall, Duration maxLag) {
		this(PrimaryDiscovery.STATIC, interval, timeout, rise, fall, maxLag);
	}

}
