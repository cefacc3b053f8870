package com.foobar.routing.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of its replication, in words common to all dialects. Immutable.
 *
 * @param receiver whether changes arrive from the source
 * @param receiverError the receiver's last error, or an empty string
 * @param applying whether the changes that arrived are being applied
 * @param applierError the applier's last error, or an empty string
 * @param lag how far behind the server says it is, {@code null} when it cannot tell.
 * Unknown lag is not zero lag: a stopped applier tells none, and would otherwise look the
 * freshest of all
 * @param queued whether something that was received may still wait to be applied
 */
public record ReplicationReport(Receiver receiver, String receiverError, boolean applying, String applierError,
		@Nullable Duration lag, boolean queued) {

	/**
	 * A report of a server that does not tell what is queued.
	 * @param receiver whether changes arrive from the source
	 * @param receiverError the receiver's last error, or an empty string
	 * @param applying whether the changes that arrived are being applied
	 * @param applierError the applier's last error, or an empty string
	 * @param lag how far behind the server says it is, {@code null} when it cannot tell
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

		/** It was stopped, or gave up. */
		STOPPED,

		/** The server has no source: it is not a replica. */
		ABSENT

	}

}
