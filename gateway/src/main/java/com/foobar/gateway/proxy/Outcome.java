package com.foobar.gateway.proxy;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.health.OutlierDetector;

/**
 * How an attempt that was answered fared at its backend: noted once, in the meters and in
 * the passive checks. A response that is passed on before its end counts at its end only,
 * since it may still break off.
 */
final class Outcome {

	private final ProxyServices forwarder;

	private final Backend backend;

	private boolean noted;

	private boolean brokenOff;

	Outcome(ProxyServices forwarder, Backend backend) {
		this.forwarder = forwarder;
		this.backend = backend;
	}

	/**
	 * The response is complete, or nobody reads on, which says nothing of the backend.
	 * The latter may happen on another event loop than the backend's.
	 * @param status the status code
	 * @param nanos nanoseconds to the begin of the response
	 */
	synchronized void ended(int status, long nanos) {
		if (this.noted) {
			return;
		}
		this.noted = true;
		this.forwarder.meters().answered(this.backend, status, nanos);
		if (OutlierDetector.isFailure(status)) {
			this.forwarder.passiveChecks().failed(this.backend, "answered " + status);
		}
		else {
			this.forwarder.passiveChecks().succeeded(this.backend);
		}
	}

	/**
	 * The backend broke off in the middle of a response that is being passed on.
	 * @param error how
	 * @param nanos nanoseconds to the begin of the response
	 */
	synchronized void brokenOff(Throwable error, long nanos) {
		if (this.noted) {
			return;
		}
		this.noted = true;
		this.brokenOff = true;
		this.forwarder.meters().record(this.backend, "incomplete", nanos);
		this.forwarder.passiveChecks().failed(this.backend, "broke off its response: " + Failures.describe(error));
	}

	synchronized boolean isBrokenOff() {
		return this.brokenOff;
	}

}
