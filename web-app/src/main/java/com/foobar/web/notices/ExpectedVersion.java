package com.foobar.web.notices;

import java.util.Set;

/**
 * Answers "may a change be made to this version?". Immutable.
 */
@FunctionalInterface
public interface ExpectedVersion {

	/** Changes whatever is there. */
	ExpectedVersion ANY = (version) -> true;

	boolean accepts(int version);

	static ExpectedVersion oneOf(Set<Integer> versions) {
		return versions::contains;
	}

}
