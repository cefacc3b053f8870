package com.foobar.gateway.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import com.foobar.gateway.http.Problem.ProblemException;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.netty.UnreadableResponseException;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * How far did an attempt get before it failed? And what is the client told?
 */
enum Failure {

	/** Nothing was sent: no connection was established. */
	NOT_SENT,

	/**
	 * Sent, at least in part, and the connection ended before a response that the client
	 * could be sent.
	 */
	NO_RESPONSE,

	/** Sent, and no response was received in time. */
	TIMED_OUT,

	/** Sent, and the response could not be read. */
	UNREADABLE,

	/** The backend returned 502, 503 or 504. */
	UNAVAILABLE,

	/** The request itself failed: its client went away, or sent too much. */
	CLIENT;

	/**
	 * How far the attempt came.
	 * @param error why it ended
	 * @param sent whether a connection was there to send on
	 * @return null if the error is the gateway's own
	 */
	static @Nullable Failure classify(Throwable error, boolean sent) {
		if (error instanceof ProblemException || error instanceof Http2Exception) {
			return CLIENT;
		}
		if (error instanceof UnavailableResponse) {
			return UNAVAILABLE;
		}
		if (!sent) {
			return NOT_SENT;
		}
		// Of TLS, when what comes in is no part of it, the decoder's own.
		if (error instanceof UnreadableResponseException || error instanceof DecoderException) {
			return UNREADABLE;
		}
		if (error instanceof ReadTimeoutException) {
			return TIMED_OUT;
		}
		return isLost(error) ? NO_RESPONSE : null;
	}

	/**
	 * What an error of the client's body means, which must not pass for one of the
	 * backend: slow clients would have backends ejected.
	 * @param error as the server reports it; of Netty's, those are timeouts
	 */
	static Throwable ofBody(Throwable error) {
		if (error instanceof ChannelException) {
			return new ProblemException(Problem.of(HttpResponseStatus.REQUEST_TIMEOUT,
					"The body of the request did not come in time. It was not carried out, or in part."));
		}
		return isLost(error) ? new ProblemException(CLIENT.problem()) : error;
	}

	/** The problem of a body that is larger than is accepted. */
	static ProblemException tooLarge() {
		return new ProblemException(Problem.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
				"The body of the request is larger than this server accepts."));
	}

	/** Whether a connection ended, as far as the error tells. */
	static boolean isLost(Throwable error) {
		// Reactor Netty's own exception is no IOException.
		return error instanceof IOException || error instanceof AbortedException
				|| (error instanceof EncoderException && error.getCause() instanceof IOException);
	}

	/** An error in a few words, for the log. */
	static String describe(Throwable error) {
		String message = error.getMessage();
		return (message != null) ? message : error.getClass().getSimpleName();
	}

	/**
	 * Whether the error shows that the backend cannot be reached at all, unlike a pool
	 * that has no connection to spare.
	 * @param error an error before anything was sent
	 */
	static boolean isUnreachable(Throwable error) {
		return error instanceof ConnectException || error instanceof NoRouteToHostException
				|| error instanceof UnknownHostException;
	}

	/** The problem that the client is sent when no further attempt is made. */
	Problem problem() {
		return switch (this) {
			case NOT_SENT -> Problem.unavailable("No server could take the request. It was not carried out.");
			case NO_RESPONSE, UNAVAILABLE -> Problem.of(HttpResponseStatus.BAD_GATEWAY,
					"The server closed the connection without a response. The request may or may not have been carried out.");
			case UNREADABLE -> Problem.of(HttpResponseStatus.BAD_GATEWAY,
					"The server sent a response that cannot be read. The request may or may not have been carried out.");
			case TIMED_OUT -> Problem.of(HttpResponseStatus.GATEWAY_TIMEOUT,
					"The server did not respond in time. The request may or may not have been carried out.");
			case CLIENT -> Problem.of(HttpResponseStatus.BAD_REQUEST, "The request could not be read to its end.");
		};
	}

	/** A backend returned a status that another backend may not. */
	static final class UnavailableResponse extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnavailableResponse(int status) {
			super("returned " + status, null, false, false);
		}

	}

}
