package com.foobar.system;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * A whole stack that a test can break: <em>what does the site do when this part is
 * gone?</em> One implementation per form of the stack, so that both keep the same
 * promises.
 * <p>
 * Every method returns when the act is done (the process or container is gone, or has
 * been started), not when the rest of the stack has noticed.
 */
interface RunningStack extends AutoCloseable {

	/**
	 * Where the site is served over https, without a path.
	 */
	URI site();

	/**
	 * Where the site is served over plain http, without a path.
	 */
	URI plainSite();

	/**
	 * The certificate authority that signed the site's certificate.
	 */
	X509Certificate certificateAuthority();

	/**
	 * The names by which the web-app instances answer, in order.
	 */
	List<String> instances();

	/**
	 * The name of the primary, as it stands in {@code Server-Timing}.
	 */
	String primary();

	/**
	 * The name of the replica, as it stands in {@code Server-Timing}.
	 */
	String replica();

	/**
	 * Ends an instance without notice, as a power cut would.
	 */
	void killInstance(String instance);

	void startInstance(String instance);

	void stopPrimary();

	void startPrimary();

	void stopReplica();

	void startReplica();

	/**
	 * Lets the replica apply each transaction only this long after its commit on the
	 * primary. Zero takes the delay away.
	 */
	void delayReplica(Duration delay);

	/**
	 * Stops every part in an orderly way, then starts all of them again on the same data.
	 */
	void restartEverything();

	/**
	 * The result of a query sent to the replica itself, past gateway and web-app.
	 * @return the first column of each row, as text
	 */
	List<String> queryReplica(String sql);

	/**
	 * The result of a query sent to the primary itself, past gateway and web-app.
	 * @return the first column of each row, as text
	 */
	List<String> queryPrimary(String sql);

	@Override
	void close();

}
