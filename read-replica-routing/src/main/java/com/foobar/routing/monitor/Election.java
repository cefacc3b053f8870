package com.foobar.routing.monitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers "which server is the primary, according to the servers' claims?". A pure
 * function. There is never more than one: with two claims, there is none.
 */
final class Election {

	private Election() {
	}

	/**
	 * Decide.
	 * @param current the primary so far
	 * @param all the last claim of each server, including the current primary
	 * @return the verdict
	 */
	static Verdict decide(String current, List<PrimaryClaim> all) {
		List<PrimaryClaim> claims = all.stream().filter((claim) -> claim.state() == ClaimState.CLAIMS).toList();
		ClaimState incumbent = all.stream()
			.filter((claim) -> claim.name().equals(current))
			.findFirst()
			.map(PrimaryClaim::state)
			.orElse(ClaimState.SILENT);
		if (incumbent == ClaimState.UNKNOWN) {
			return new Verdict.Unsettled(List.of());
		}
		if (claims.isEmpty()) {
			// A server whose state cannot be read may be writable: it was, at the last
			// probe.
			return (incumbent == ClaimState.UNOBSERVABLE) ? new Verdict.Elected(current) : new Verdict.NoPrimary();
		}
		if (claims.size() > 1) {
			List<String> outdated = outdated(claims);
			return outdated.isEmpty() ? new Verdict.Split(names(claims)) : new Verdict.Unsettled(outdated);
		}
		String claimant = claims.get(0).name();
		return (incumbent == ClaimState.UNOBSERVABLE) ? new Verdict.Disputed(claimant) : new Verdict.Elected(claimant);
	}

	/**
	 * The servers whose claim is older than that of another server. They may have stepped
	 * down in between, as in every planned switchover, and must be probed again.
	 */
	private static List<String> outdated(List<PrimaryClaim> claims) {
		List<String> outdated = new ArrayList<>();
		for (PrimaryClaim claim : claims) {
			if (claims.stream()
				.anyMatch((other) -> !other.equals(claim) && claim.probed() - other.claimedSince() < 0)) {
				outdated.add(claim.name());
			}
		}
		return outdated;
	}

	private static List<String> names(List<PrimaryClaim> claims) {
		return claims.stream().map(PrimaryClaim::name).toList();
	}

	/**
	 * What a server claims.
	 */
	enum ClaimState {

		/** It has not been probed yet. */
		UNKNOWN,

		/** It accepts writes. */
		CLAIMS,

		/** It accepts no writes. */
		DENIES,

		/** It does not respond. */
		SILENT,

		/** It responds, but its state cannot be read. */
		UNOBSERVABLE

	}

	/**
	 * The last claim of a server.
	 *
	 * @param name the server
	 * @param state what it claimed
	 * @param probed when it was probed, by {@link System#nanoTime()}
	 * @param claimedSince since when it has claimed to accept writes without interruption
	 */
	record PrimaryClaim(String name, ClaimState state, long probed, long claimedSince) {

	}

	/**
	 * The result of an election.
	 */
	sealed interface Verdict {

		/**
		 * One server is.
		 *
		 * @param name the server
		 */
		record Elected(String name) implements Verdict {

		}

		/** No server that responds accepts writes. */
		record NoPrimary() implements Verdict {

		}

		/**
		 * Several accept writes.
		 *
		 * @param names the servers
		 */
		record Split(List<String> names) implements Verdict {

		}

		/**
		 * One accepts writes, while the state of the current primary cannot be read.
		 *
		 * @param claimant the one
		 */
		record Disputed(String claimant) implements Verdict {

		}

		/**
		 * Several seem to accept writes, but some must be probed again first. Until then
		 * the primary stays as it is.
		 *
		 * @param outdated the servers to probe
		 */
		record Unsettled(List<String> outdated) implements Verdict {

		}

	}

}
