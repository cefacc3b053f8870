package com.foobar.web.notices;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The orders in which notices are listed. Each ends with the id, so that rows with equal
 * keys have the same order on every page, and each is the order of an index.
 */
public enum NoticeSort {

	/** Newest first. */
	NEWEST("createdAt,desc", "created_at", " DESC"),

	/** Oldest first. */
	OLDEST("createdAt,asc", "created_at", ""),

	/** By title. */
	TITLE("title,asc", "title", ""),

	/** By title, descending. */
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
	 * The value of the parameter {@code sort}.
	 * @return property and direction
	 */
	public String key() {
		return this.key;
	}

	/** The column before the id. */
	String column() {
		return this.column;
	}

	/** The {@code ORDER BY} for a table or a derived table. */
	String by(String alias) {
		return alias + "." + this.column + this.direction + ", " + alias + ".id" + this.direction;
	}

	/**
	 * Parse the parameter {@code sort}.
	 * @param text property, optionally followed by a comma and {@code asc} or
	 * {@code desc}; by default newest first
	 * @return the order
	 * @throws ResponseStatusException 400 if there is no such order
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
		throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
				"The parameter sort has an unknown value; expected one of "
						+ Arrays.stream(values()).map(NoticeSort::key).collect(Collectors.joining(" | ")));
	}

}
