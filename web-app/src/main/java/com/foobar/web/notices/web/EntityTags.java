package com.foobar.web.notices.web;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import com.foobar.web.notices.ExpectedVersion;

/**
 * Versions as HTTP writes them, and the conditions of RFC 9110. {@code If-Match} compares
 * strongly, so that a weak tag matches nothing; {@code If-None-Match} compares weakly.
 */
final class EntityTags {

	private EntityTags() {
	}

	static String of(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * Read the conditions of a change.
	 * @param ifMatch the header {@code If-Match}, if there was one
	 * @param ifNoneMatch the header {@code If-None-Match}, if there was one
	 * @return the versions that may be changed
	 */
	static ExpectedVersion expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		ExpectedVersion expected = isMissing(ifMatch) ? ExpectedVersion.ANY : versions(ifMatch, false);
		return isMissing(ifNoneMatch) ? expected : expected.except(versions(ifNoneMatch, true));
	}

	/**
	 * Tell whether a client has a version already.
	 * @param ifNoneMatch the header {@code If-None-Match}, if there was one
	 * @param version the version that is there
	 * @return whether the header names it; weak tags do, too
	 */
	static boolean isKnown(@Nullable String ifNoneMatch, int version) {
		return !isMissing(ifNoneMatch) && versions(ifNoneMatch, true).accepts(version);
	}

	private static boolean isMissing(@Nullable String header) {
		return header == null || header.isBlank();
	}

	private static ExpectedVersion versions(@Nullable String header, boolean weak) {
		Set<Integer> versions = new HashSet<>();
		for (ETag tag : ETag.parse((header != null) ? header : "")) {
			if (tag.isWildcard()) {
				return ExpectedVersion.ANY;
			}
			if ((weak || !tag.weak()) && tag.tag().matches("\\d{1,9}")) {
				versions.add(Integer.valueOf(tag.tag()));
			}
		}
		return ExpectedVersion.oneOf(versions);
	}

}
