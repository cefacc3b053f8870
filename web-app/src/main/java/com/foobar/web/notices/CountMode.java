package com.foobar.web.notices;

/**
 * How the notices of a list are counted.
 */
enum CountMode {

	/** All of them, which takes most of the time of the first page of a long list. */
	EXACT {

		@Override
		String count(String from) {
			return "SELECT COUNT(*) " + from;
		}

		@Override
		boolean isExact(long count) {
			return true;
		}

	},

	/**
	 * Up to one more than {@value NoticePage#MAX_COUNTED}, which shows that there are
	 * more.
	 */
	CAPPED {

		@Override
		String count(String from) {
			return "SELECT COUNT(*) FROM (SELECT 1 " + from + " LIMIT " + NoticeQueries.COUNT_LIMIT + ") c";
		}

		@Override
		boolean isExact(long count) {
			return count <= NoticePage.MAX_COUNTED;
		}

	};

	/**
	 * The query that counts.
	 * @param from the clauses that select what is counted, from {@code FROM} on
	 */
	abstract String count(String from);

	/**
	 * Whether a result of that query is the exact number.
	 */
	abstract boolean isExact(long count);

}
