package com.foobar.web.notices.web;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import com.foobar.web.notices.ExpectedVersion;

/**
 * Entity tags of versions, and the preconditions of RFC 9110. {@code If-Match} uses the
 * strong comparison, so a weak tag matches nothing; {@code If-None-Match} uses the weak
 * one.
 */
final class EntityTags {

	private EntityTags() {
	}

	static String of(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * Parse the preconditions of a change.
	 * @param ifMatch the header {@code If-Match}, if any
	 * @param ifNoneMatch the header {@code If-None-Match}, if any
	 * @return the versions that may be changed
	 */
	static ExpectedVersion expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		ExpectedVersion expected = isMissing(ifMatch) ? ExpectedVersion.ANY : versions(ifMatch, false);
		return isMissing(ifNoneMatch) ? expected : expected.except(versions(ifNoneMatch, true));
	}

	/**
	 * Whether the client has the stored version.
	 * @param ifNoneMatch the header {@code If-None-Match}, if any
	 * @param version the stored version
	 * @return whether the header contains it, as a strong or a weak tag
	 */
	static boolean matches(@Nullable String ifNoneMatch, int version) {
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
