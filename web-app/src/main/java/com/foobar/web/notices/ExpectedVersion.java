package com.foobar.web.notices;

import java.util.Set;

/**
 * A condition on the stored version of a notice, which a change requires. Immutable.
 */
@FunctionalInterface
public interface ExpectedVersion {

	/** Accepts every version. */
	ExpectedVersion ANY = (version) -> true;

	/**
	 * Compare with the stored version.
	 * @param version the stored version
	 * @return whether it may be changed
	 */
	boolean accepts(int version);

	/**
	 * Exclude versions.
	 * @param excluded the versions that may not be changed
	 * @return accepts what this accepts, unless it is excluded
	 */
	default ExpectedVersion except(ExpectedVersion excluded) {
		return (version) -> !excluded.accepts(version) && accepts(version);
	}

	/**
	 * Expect one of several versions.
	 * @param versions the versions; an empty set accepts none
	 * @return accepts those versions
	 */
	static ExpectedVersion oneOf(Set<Integer> versions) {
		return versions::contains;
	}

}
