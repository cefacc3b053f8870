package com.foobar.routing.intent;

import java.util.function.Supplier;

import com.foobar.routing.router.Intent;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what a read-only connection is for, when it makes its first statement on the
 * current thread. Thread-safe; takes no lock.
 */
public final class ReadIntentResolver implements Supplier<Intent> {

	private final RepositoryReads repositoryReads;

	private final UnsafeRequests unsafeRequests;

	private final Supplier<RequestSafety> request;

	/** Not static: two applications in one process have nothing to do with each other. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Boolean> repositoryRead = new ThreadLocal<>();

	/**
	 * Create a resolver.
	 * @param repositoryReads where a repository's own read-only transactions run
	 * @param unsafeRequests where declared read-only transactions run in requests that
	 * may write
	 * @param request the request of the current thread
	 */
	public ReadIntentResolver(RepositoryReads repositoryReads, UnsafeRequests unsafeRequests,
			Supplier<RequestSafety> request) {
		this.repositoryReads = repositoryReads;
		this.unsafeRequests = unsafeRequests;
		this.request = request;
	}

	@Override
	public Intent get() {
		if (this.repositoryRead.get() != null && isRepositoryReadOnPrimary()) {
			return Intent.REPOSITORY_READ;
		}
		if (this.unsafeRequests == UnsafeRequests.PRIMARY && this.request.get() == RequestSafety.UNSAFE) {
			return Intent.UNSAFE_REQUEST;
		}
		return Intent.READ_ONLY;
	}

	private boolean isRepositoryReadOnPrimary() {
		return switch (this.repositoryReads) {
			case REPLICA -> false;
			case BY_REQUEST -> this.request.get() != RequestSafety.SAFE;
			case PRIMARY -> true;
		};
	}

	/**
	 * Run a call whose transaction belongs to a repository and not to the application.
	 * @param call the call
	 * @return what it returned
	 * @throws Throwable what it threw
	 */
	@Nullable Object runRepositoryRead(RepositoryCall call) throws Throwable {
		Boolean outer = this.repositoryRead.get();
		this.repositoryRead.set(true);
		try {
			return call.run();
		}
		finally {
			if (outer == null) {
				this.repositoryRead.remove();
			}
		}
	}

	/** A call of a repository's method. */
	interface RepositoryCall {

		@Nullable Object run() throws Throwable;

	}

}
