package com.foobar.web.notices;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The orders in which notices are listed. Each ends with the id, so that equal keys never
 * change places between two pages, and each is what an index holds.
 */
public enum NoticeSort {

	/** Newest first. */
	NEWEST("createdAt,desc", "n.createdAt desc, n.id desc"),

	/** Oldest first. */
	OLDEST("createdAt,asc", "n.createdAt asc, n.id asc"),

	/** By title. */
	TITLE("title,asc", "n.title asc, n.id asc"),

	/** By title, backwards. */
	TITLE_DESCENDING("title,desc", "n.title desc, n.id desc");

	private final String key;

	private final String orderBy;

	NoticeSort(String key, String orderBy) {
		this.key = key;
		this.orderBy = orderBy;
	}

	/**
	 * As clients write it.
	 * @return property and direction
	 */
	public String key() {
		return this.key;
	}

	String orderBy() {
		return this.orderBy;
	}

	/**
	 * Find the order that a client asked for.
	 * @param text property, optionally followed by a comma and {@code asc} or
	 * {@code desc}; nothing means newest first
	 * @return the order
	 * @throws UnknownSortException if there is no such order
	 */
	public static NoticeSort parse(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return NEWEST;
		}
		for (NoticeSort sort : values()) {
			if (sort.key.equals(text) || sort.key.equals(text + ",asc")) {
				return sort;
			}
		}
		throw new UnknownSortException("The parameter sort has an unknown value; expected one of "
				+ Arrays.stream(values()).map(NoticeSort::key).collect(Collectors.joining(" | ")));
	}

}
