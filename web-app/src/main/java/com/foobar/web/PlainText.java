package com.foobar.web;

import java.util.regex.Pattern;

/**
 * What may stand in a text that others read, and how it is brought into form.
 */
public final class PlainText {

	/**
	 * One line. Neither control characters, nor halves of characters, nor what turns the
	 * direction of the text around it.
	 */
	public static final String LINE = "[\\P{Cntrl}&&\\P{Cs}&&[^\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]]*";

	/** Lines: as one, with line ends, tabs and the directions of several scripts. */
	public static final String LINES = "[[\\n\\t\\P{Cntrl}]&&\\P{Cs}]*";

	private static final String UNSEEN = "[\\s\\p{Z}\\u00AD\\u200B-\\u200F\\u2060\\uFEFF]+";

	private static final Pattern AROUND = Pattern.compile("^" + UNSEEN + "|" + UNSEEN + "$");

	private PlainText() {
	}

	/**
	 * Drop what cannot be seen around a text, and give it one kind of line ends: browsers
	 * send two characters for each.
	 * @param text a text
	 * @return the text; empty if nothing of it can be seen
	 */
	public static String tidy(String text) {
		return AROUND.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
	}

}
