package com.foobar.gateway.proxy;

import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.BackendsSnapshot;
import com.foobar.gateway.backend.EligibleBackend;
import com.foobar.gateway.backend.PriorityLevels;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * The backends that one request may still be sent to: those that serve its kind at that
 * moment, without those it was sent to before. Backups only when no other is left.
 * <p>
 * Not thread-safe.
 */
final class RetryCandidates {

	private static final AsciiString FETCH_MODE = AsciiString.cached("sec-fetch-mode");

	/** What browsers call it that a person follows a link or sends a form. */
	private static final AsciiString NAVIGATION = AsciiString.cached("navigate");

	private final Backends backends;

	private final boolean writes;

	private final boolean form;

	private @Nullable List<Backend> tried;

	/**
	 * All of them.
	 * @param backends the backends
	 * @param method of the request
	 * @param headers of the request
	 */
	RetryCandidates(Backends backends, HttpMethod method, HttpHeaders headers) {
		this.backends = backends;
		this.writes = !RetryPolicy.isSafe(method);
		this.form = this.writes && headers.contains(FETCH_MODE, NAVIGATION, true);
	}

	/** Those that are left now. */
	List<EligibleBackend> candidates() {
		BackendsSnapshot snapshot = this.backends.snapshot();
		PriorityLevels tiers = this.writes ? snapshot.writable() : snapshot.live();
		// If none can write, only an instance can give back to a person what the form
		// held. And a sign-in only reads.
		if (this.form && tiers.isEmpty()) {
			tiers = snapshot.live();
		}
		List<EligibleBackend> active = untried(tiers.active());
		return active.isEmpty() ? untried(tiers.backups()) : active;
	}

	/**
	 * Takes one out.
	 * @param backend where the request is sent
	 */
	void remove(Backend backend) {
		List<Backend> known = this.tried;
		if (known == null) {
			known = new ArrayList<>(2);
			this.tried = known;
		}
		known.add(backend);
	}

	private List<EligibleBackend> untried(List<EligibleBackend> usable) {
		List<Backend> without = this.tried;
		if (without == null) {
			return usable;
		}
		return usable.stream().filter((candidate) -> !without.contains(candidate.backend())).toList();
	}

}
