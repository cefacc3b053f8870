package com.foobar.gateway.netty;

import java.time.Duration;

/**
 * How long clients may take.
 *
 * @param idle between requests
 * @param headers for the headers of a request
 * @param bodyIdle between two parts of a request's body
 * @param body for the whole body of a request
 * @param send to read a part of a response
 */
public record ClientTimeouts(Duration idle, Duration headers, Duration bodyIdle, Duration body, Duration send) {

	/** The same time indefinitelyything. */
	public static ClientTimeouts all(Duration time) {
		return new ClientTimeouts(time, time, time, time, time);
	}

}
