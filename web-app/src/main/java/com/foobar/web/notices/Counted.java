package com.foobar.web.notices;

/**
 * How far are the notices of a list counted?
 */
enum Counted {

	/** To the end, which takes most of the time of a first page of many. */
	ALL {

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
	 * Until there is one more than {@value NoticePage#MOST_COUNTED}, which tells that
	 * there are more.
	 */
	TO_THE_BOUND {

		@Override
		String count(String from) {
			return "SELECT COUNT(*) FROM (SELECT 1 " + from + " LIMIT " + NoticeQueries.ENOUGH + ") c";
		}

		@Override
		boolean isExact(long count) {
			return count <= NoticePage.MOST_COUNTED;
		}

	};

	/**
	 * The query that counts.
	 * @param from the clauses that say what is counted, from {@code FROM} on
	 */
	abstract String count(String from);

	/**
	 * Whether a result of that query is all there are.
	 */
	abstract boolean isExact(long count);

}
