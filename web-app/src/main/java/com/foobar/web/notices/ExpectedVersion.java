package com.foobar.web.notices;

import java.util.Set;

/**
 * Answers "may a change be made to this version?". Immutable.
 */
@FunctionalInterface
public interface ExpectedVersion {

	/** Changes whatever is there. */
	ExpectedVersion ANY = (version) -> true;

	/**
	 * Compare with what is stored.
	 * @param version the version that is there
	 * @return whether it may be changed
	 */
	boolean accepts(int version);

	/**
	 * Refuse versions as well.
	 * @param refused the versions that may not be changed
	 * @return accepts what this does, unless it is refused
	 */
	default ExpectedVersion except(ExpectedVersion refused) {
		return (version) -> !refused.accepts(version) && accepts(version);
	}

	/**
	 * Expect one of some versions.
	 * @param versions the versions; none accepts nothing
	 * @return accepts those
	 */
	static ExpectedVersion oneOf(Set<Integer> versions) {
		return versions::contains;
	}

}
