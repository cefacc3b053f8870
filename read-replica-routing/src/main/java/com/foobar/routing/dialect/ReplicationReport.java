package com.foobar.routing.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The replication state that a server reports, in terms common to all dialects.
 * Immutable.
 *
 * @param receiver whether changes arrive from the source
 * @param receiverError the receiver's last error, or an empty string
 * @param applying whether the changes that arrived are being applied
 * @param applierError the applier's last error, or an empty string
 * @param lag the lag that the server reports, {@code null} if unknown. Unknown lag is not
 * zero lag: a stopped applier reports none, and would otherwise seem the freshest of all
 * @param queued whether something that was received may still wait to be applied
 */
public record ReplicationReport(Receiver receiver, String receiverError, boolean applying, String applierError,
		@Nullable Duration lag, boolean queued) {

	/**
	 * A report of a server that does not report what is queued.
	 * @param receiver whether changes arrive from the source
	 * @param receiverError the receiver's last error, or an empty string
	 * @param applying whether the changes that arrived are being applied
	 * @param applierError the applier's last error, or an empty string
	 * @param lag the lag that the server reports, {@code null} if unknown
	 */
	public ReplicationReport(Receiver receiver, String receiverError, boolean applying, String applierError,
			@Nullable Duration lag) {
		this(receiver, receiverError, applying, applierError, lag, true);
	}

	ReplicationReport withLag(Duration lag) {
		return new ReplicationReport(this.receiver, this.receiverError, this.applying, this.applierError, lag,
				this.queued);
	}

	/**
	 * Whether changes arrive from the source.
	 */
	public enum Receiver {

		/** It is connected to the source. */
		CONNECTED,

		/** It tries to connect to the source. */
		CONNECTING,

		/** It was stopped, or has given up. */
		STOPPED,

		/** The server has no source: it is not a replica. */
		ABSENT

	}

}
