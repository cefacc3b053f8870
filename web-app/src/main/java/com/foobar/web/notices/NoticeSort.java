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
	NEWEST("createdAt,desc", "created_at", " DESC"),

	/** Oldest first. */
	OLDEST("createdAt,asc", "created_at", ""),

	/** By title. */
	TITLE("title,asc", "title", ""),

	/** By title, backwards. */
	TITLE_DESCENDING("title,desc", "title", " DESC");

	private final String key;

	private final String column;

	private final String direction;

	NoticeSort(String key, String column, String direction) {
		this.key = key;
		this.column = column;
		this.direction = direction;
	}

	/**
	 * As clients write it.
	 * @return property and direction
	 */
	public String key() {
		return this.key;
	}

	/** The column that comes before the id. */
	String column() {
		return this.column;
	}

	/** The order of a table, or of what was derived from it. */
	String by(String alias) {
		return alias + "." + this.column + this.direction + ", " + alias + ".id" + this.direction;
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
