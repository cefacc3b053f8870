package com.foobar.web.members;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.server.ResponseStatusException;

/**
 * Limits how many passwords are hashed at a time. A hash is expensive on purpose: without
 * the limit, cheap requests could occupy all processors. Thread-safe.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

	private final PasswordEncoder delegate;

	private final Semaphore permits;

	private final Duration timeout;

	BoundedPasswordEncoder(PasswordEncoder delegate, int concurrency, Duration timeout) {
		this.delegate = delegate;
		this.permits = new Semaphore(concurrency, true);
		this.timeout = timeout;
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

	/**
	 * Each hash names its algorithm, so that the algorithm can change while old hashes
	 * still verify.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PasswordConfiguration {

		@Bean
		PasswordEncoder passwordEncoder() {
			return new BoundedPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder(),
					Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(3));
		}

	}

	/** More requests need a hash than this instance has processors for. */
	private static final class BusyException extends ResponseStatusException {

		BusyException() {
			super(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests to sign in or join; try again in a few seconds");
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = new HttpHeaders();
			headers.set(HttpHeaders.RETRY_AFTER, "5");
			return headers;
		}

	}

	private <T extends @Nullable Object> T bounded(Supplier<T> hashing) {
		try {
			if (!this.permits.tryAcquire(this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
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
