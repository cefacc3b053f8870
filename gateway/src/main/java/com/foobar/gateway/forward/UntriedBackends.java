package com.foobar.gateway.forward;

import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.backends.Backend;
import com.foobar.gateway.backends.Backends;
import com.foobar.gateway.backends.BackendsSnapshot;
import com.foobar.gateway.backends.Candidate;
import com.foobar.gateway.backends.Tiers;
import org.jspecify.annotations.Nullable;

/**
 * The backends that one request may still be sent to: those that serve its kind at that
 * moment, without those it was sent to before. Backups only when no other is left.
 * <p>
 * Not thread-safe.
 */
final class UntriedBackends {

	private final Backends backends;

	private final boolean writable;

	private @Nullable List<Backend> tried;

	/**
	 * All of them.
	 * @param backends who is there
	 * @param writable whether the request should go to a backend that can write, as long
	 * as there is one
	 */
	UntriedBackends(Backends backends, boolean writable) {
		this.backends = backends;
		this.writable = writable;
	}

	/** Those that are left now. */
	List<Candidate> candidates() {
		BackendsSnapshot snapshot = this.backends.snapshot();
		// If none can write, any of them says so better than the gateway could: what was
		// written stays in its form. And a sign-in, which only reads, succeeds.
		Tiers tiers = (this.writable && !snapshot.writable().isEmpty()) ? snapshot.writable() : snapshot.live();
		List<Candidate> active = untried(tiers.active());
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

	private List<Candidate> untried(List<Candidate> usable) {
		List<Backend> without = this.tried;
		if (without == null) {
			return usable;
		}
		return usable.stream().filter((candidate) -> !without.contains(candidate.backend())).toList();
	}

}
