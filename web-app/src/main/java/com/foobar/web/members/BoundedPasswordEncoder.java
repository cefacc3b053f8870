package com.foobar.web.members;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes a bounded number of passwords at a time. A hash is expensive on purpose: without
 * a bound, requests that cost their sender nothing would take all processors.
 * Thread-safe.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

	private final PasswordEncoder delegate;

	private final Semaphore permits;

	private final Duration patience;

	BoundedPasswordEncoder(PasswordEncoder delegate, int concurrency, Duration patience) {
		this.delegate = delegate;
		this.permits = new Semaphore(concurrency, true);
		this.patience = patience;
	}

	@Override
	public @Nullable String encode(@Nullable CharSequence password) {
		return bounded(() -> this.delegate.encode(password));
	}

	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
		return Boolean.TRUE.equals(bounded(() -> this.delegate.matches(password, hash)));
	}

	@Override
	public boolean upgradeEncoding(@Nullable String hash) {
		return this.delegate.upgradeEncoding(hash);
	}

	private <T extends @Nullable Object> T bounded(Supplier<T> hashing) {
		try {
			if (!this.permits.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new BusyException();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BusyException();
		}
		try {
			return hashing.get();
		}
		finally {
			this.permits.release();
		}
	}

}
