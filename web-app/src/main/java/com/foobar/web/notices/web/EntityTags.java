package com.foobar.web.notices.web;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import com.foobar.web.notices.ExpectedVersion;

/**
 * Versions as HTTP writes them. The comparison is the strong one, as RFC 9110 demands of
 * {@code If-Match}: a weak tag matches nothing.
 */
final class EntityTags {

	private EntityTags() {
	}

	static String of(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * Read an {@code If-Match} header.
	 * @param ifMatch the header, if there was one
	 * @return the versions that it accepts
	 */
	static ExpectedVersion expected(@Nullable String ifMatch) {
		if (ifMatch == null || ifMatch.isBlank()) {
			return ExpectedVersion.ANY;
		}
		Set<Integer> versions = new HashSet<>();
		for (ETag tag : ETag.parse(ifMatch)) {
			if (tag.isWildcard()) {
				return ExpectedVersion.ANY;
			}
			if (!tag.weak() && tag.tag().matches("\\d{1,9}")) {
				versions.add(Integer.valueOf(tag.tag()));
			}
		}
		return ExpectedVersion.oneOf(versions);
	}

}
