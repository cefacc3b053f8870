package com.foobar.web;

import java.util.regex.Pattern;

/**
 * Which characters a text may contain, and its normalization.
 */
public final class PlainText {

	/**
	 * One line, without control characters, unpaired surrogates, and characters that
	 * change the direction of the surrounding text.
	 */
	public static final String LINE = "[\\P{Cntrl}&&\\P{Cs}&&[^\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]]*";

	/** Several lines: also line ends, tabs and changes of direction. */
	public static final String LINES = "[[\\n\\t\\P{Cntrl}]&&\\P{Cs}]*";

	private static final String INVISIBLE = "[\\s\\p{Z}\\u00AD\\u200B-\\u200F\\u2060\\uFEFF]+";

	private static final Pattern SURROUNDING = Pattern.compile("^" + INVISIBLE + "|" + INVISIBLE + "$");

	private PlainText() {
	}

	/**
	 * Remove invisible characters around a text, and replace CRLF, which browsers send,
	 * by LF.
	 * @param text a text
	 * @return the text, empty if nothing in it is visible
	 */
	public static String normalize(String text) {
		return SURROUNDING.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
	}

}
