package com.foobar.routing.monitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers "who is the primary, going by what the servers say?". A pure function. There is
 * never more than one: where two say so, there is none.
 */
final class Election {

	private Election() {
	}

	/**
	 * Decide.
	 * @param current the primary so far
	 * @param voices what each server said last, the current primary's included
	 * @return the verdict
	 */
	static Verdict decide(String current, List<Voice> voices) {
		List<Voice> claims = voices.stream().filter((voice) -> voice.standing() == Standing.CLAIMS).toList();
		Standing incumbent = voices.stream()
			.filter((voice) -> voice.name().equals(current))
			.findFirst()
			.map(Voice::standing)
			.orElse(Standing.SILENT);
		if (incumbent == Standing.UNKNOWN) {
			return new Verdict.Unsettled(List.of());
		}
		if (claims.isEmpty()) {
			// What cannot be asked may well be writable: it was, when it last answered.
			return (incumbent == Standing.OBSCURE) ? new Verdict.Elected(current) : new Verdict.Nobody();
		}
		if (claims.size() > 1) {
			List<String> outdated = outdated(claims);
			return outdated.isEmpty() ? new Verdict.Split(names(claims)) : new Verdict.Unsettled(outdated);
		}
		String claimant = claims.get(0).name();
		return (incumbent == Standing.OBSCURE) ? new Verdict.Disputed(claimant) : new Verdict.Elected(claimant);
	}

	/**
	 * Those whose claim was made before another claimed too: they may have stepped down
	 * in between, as in every orderly change of the primary, and must be asked again.
	 */
	private static List<String> outdated(List<Voice> claims) {
		List<String> outdated = new ArrayList<>();
		for (Voice voice : claims) {
			if (claims.stream().anyMatch((other) -> !other.equals(voice) && voice.asked() - other.claimedSince() < 0)) {
				outdated.add(voice.name());
			}
		}
		return outdated;
	}

	private static List<String> names(List<Voice> voices) {
		return voices.stream().map(Voice::name).toList();
	}

	/**
	 * What a server says of itself.
	 */
	enum Standing {

		/** It was not asked yet. */
		UNKNOWN,

		/** It takes writes. */
		CLAIMS,

		/** It takes none. */
		DENIES,

		/** It does not answer. */
		SILENT,

		/** It answers, but does not let itself be asked. */
		OBSCURE

	}

	/**
	 * The last word of a server.
	 *
	 * @param name the server
	 * @param standing what it said
	 * @param asked when it was asked, by {@link System#nanoTime()}
	 * @param claimedSince when it first said that it takes writes, of all the times in a
	 * row that it has
	 */
	record Voice(String name, Standing standing, long asked, long claimedSince) {

	}

	/**
	 * Who is the primary.
	 */
	sealed interface Verdict {

		/**
		 * One server is.
		 *
		 * @param name the server
		 */
		record Elected(String name) implements Verdict {

		}

		/** No server that answers takes writes. */
		record Nobody() implements Verdict {

		}

		/**
		 * Several take writes.
		 *
		 * @param names the servers
		 */
		record Split(List<String> names) implements Verdict {

		}

		/**
		 * One takes writes, while the primary so far does not let itself be asked.
		 *
		 * @param claimant the one
		 */
		record Disputed(String claimant) implements Verdict {

		}

		/**
		 * Several seem to, but some have to be asked again first; until then all stays as
		 * it was.
		 *
		 * @param outdated the servers to ask
		 */
		record Unsettled(List<String> outdated) implements Verdict {

		}

	}

}
