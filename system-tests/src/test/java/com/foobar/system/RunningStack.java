package com.foobar.system;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * A whole stack that a test can break: <em>what does the site do when this process is
 * gone?</em> One implementation per form of the stack, so that both pass the same tests.
 * <p>
 * Every method returns when the action is done (the process or container has ended, or
 * has been started), not when the rest of the stack has detected it.
 */
interface RunningStack extends AutoCloseable {

	/**
	 * The URL of the site over https, without a path.
	 */
	URI site();

	/**
	 * The URL of the site over plain http, without a path.
	 */
	URI plainSite();

	/**
	 * The certificate authority that signed the site's certificate.
	 */
	X509Certificate certificateAuthority();

	/**
	 * The names of the web-app instances, in order.
	 */
	List<String> instances();

	/**
	 * The name of the primary, as it appears in {@code Server-Timing}.
	 */
	String primary();

	/**
	 * The name of the replica, as it appears in {@code Server-Timing}.
	 */
	String replica();

	/**
	 * Kills an instance, as a power cut would.
	 */
	void killInstance(String instance);

	void startInstance(String instance);

	void stopPrimary();

	void startPrimary();

	void stopReplica();

	void startReplica();

	/**
	 * Makes the replica apply each transaction this long after its commit on the primary.
	 * Zero removes the delay.
	 */
	void delayReplica(Duration delay);

	/**
	 * Stops everything in an orderly way, then starts it again on the same data.
	 */
	void restartAll();

	/**
	 * The result of a query sent to the replica itself, bypassing gateway and web-app.
	 * @return the first column of each row, as text
	 */
	List<String> queryReplica(String sql);

	/**
	 * The result of a query sent to the primary itself, bypassing gateway and web-app.
	 * @return the first column of each row, as text
	 */
	List<String> queryPrimary(String sql);

	@Override
	void close();

}
