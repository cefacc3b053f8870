package com.foobar.routing;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Tracks what the current work has written, so that its later reads find it. Commits are
 * recorded automatically, on the thread that made them. A request, a message or a job
 * opens a {@link Scope} for what its sender has done before. Outside any scope each
 * thread has a scope of its own. Thread-safe.
 *
 * <pre>
 * message.setHeader("read-after", causality.current().toString());
 * ...
 * try (Causality.Scope scope = causality.open(CausalityToken.parse(header))) {
 *     handle(message);
 * }
 * </pre>
 *
 * A thread that the work starts shares its scope if the task was
 * {@linkplain #wrap(Runnable) wrapped}.
 */
public interface Causality {

	/**
	 * Return what reads are guaranteed to see.
	 * @return the consistency
	 */
	Consistency consistency();

	/**
	 * Return what the current work depends on, to be sent with the request, message or
	 * job that continues it.
	 * @return the token, which may be empty
	 */
	CausalityToken current();

	/**
	 * Parse a token from outside. An invalid token is counted and ignored: without it the
	 * work only reads older data.
	 * @param text the token's text, {@code null} or empty if there is none
	 * @return the token, empty if there is no valid one
	 */
	CausalityToken receive(@Nullable String text);

	/**
	 * Return the counts of tokens from outside.
	 * @return the counts since the start
	 */
	Received received();

	/**
	 * Add a listener of waits for a replica.
	 * @param listener the listener
	 */
	void addWaitListener(WaitListener listener);

	/**
	 * Let the current work depend on what another service has done.
	 * @param token the token of that service's response
	 */
	void adopt(CausalityToken token);

	/**
	 * Open a scope that depends on nothing yet.
	 * @return the scope, to be closed by the same thread
	 */
	default Scope open() {
		return open(CausalityToken.NONE);
	}

	/**
	 * Open a scope that depends on what its sender has done.
	 * @param token the token that the sender attached
	 * @return the scope, to be closed by the same thread
	 */
	Scope open(CausalityToken token);

	/**
	 * Open a scope that depends on every earlier commit, such as a job that another
	 * thread or instance stored. Queries the primary: one statement on the monitor's
	 * connection, shared by concurrent callers.
	 * @return the scope, to be closed by the same thread
	 * @throws IllegalStateException if the primary does not respond within 5 s. No scope
	 * is open then, and the call can be repeated
	 */
	Scope openAtPrimary();

	/**
	 * Return the scope of this thread. Opens one if there is none.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Wrap a task so that it runs in the scope of the current work.
	 * @param task the task
	 * @return the wrapped task
	 */
	Runnable wrap(Runnable task);

	/**
	 * Wrap a task so that it runs in the scope of the current work.
	 * @param task the task
	 * @param <T> type of the result
	 * @return the wrapped task
	 */
	<T> Callable<T> wrap(Callable<T> task);

	/**
	 * Record what this thread has just committed. Called by the pools that the starter
	 * prepares.
	 * @param gtids the GTIDs as the server reported them
	 */
	void committed(String gtids);

	/**
	 * Tokens from outside, counted since the start.
	 *
	 * @param accepted valid tokens
	 * @param unreadable invalid tokens, which were ignored
	 * @param unknown tokens with GTIDs that the primary did not have when they were
	 * verified: forged, lost in a failover, or newer than a restored backup
	 */
	record Received(long accepted, long unreadable, long unknown) {

	}

	/**
	 * The work of one request, message or job. Closed by the thread that opened it.
	 */
	interface Scope extends AutoCloseable {

		/**
		 * Return what the work depends on by now.
		 * @return the token, which may be empty
		 */
		CausalityToken token();

		/**
		 * Return whether the dependencies have changed since the scope was opened.
		 * @return whether the work has committed, read or adopted something new, or
		 * whether something that it depended on turned out to be lost or forged
		 */
		boolean hasAdvanced();

		/**
		 * Continue the work on this thread, as when a request is dispatched again.
		 * @return a scope to be closed by the same thread
		 */
		Scope enter();

		/**
		 * Let the work depend on what another service has done.
		 * @param token the token of that service's response
		 */
		void adopt(CausalityToken token);

		@Override
		void close();

	}

}
