package com.foobar.benchmarks.stack;

import java.util.List;
import java.util.Random;

/**
 * The requests of a work, as {@code load.lua} has them for wrk. Immutable.
 */
final class Requests {

	static final String NOTICE = "{\"title\": \"Choir needs two basses\", \"body\": \""
			+ "We sing on Thursdays at seven. ".repeat(6) + "\"}";

	private static final List<Work> READS = List.of(Work.READ, Work.LIST, Work.PAGE);

	private static final int TURNS_OF_MIX = 20;

	private final Target target;

	private final Work work;

	private final int notices;

	Requests(Target target, Work work, int notices) {
		this.target = target;
		this.work = work;
		this.notices = notices;
	}

	/**
	 * A request.
	 *
	 * @param isWrite whether it changes anything
	 * @param text the whole of it
	 */
	record Request(boolean isWrite, String text) {

	}

	Request request(long number) {
		return request(kind(number), number);
	}

	private Work kind(long number) {
		if (this.work != Work.MIX) {
			return this.work;
		}
		int turn = (int) (number % TURNS_OF_MIX);
		return (turn == TURNS_OF_MIX - 1) ? Work.INSERT : READS.get(turn % READS.size());
	}

	private Request request(Work kind, long number) {
		return switch (kind) {
			case READ -> get("/api/notices/" + (1 + new Random(number).nextInt(this.notices)));
			case LIST -> get("/api/notices?size=20");
			case PAGE -> get("/");
			case ASSET -> get(this.target.asset());
			case INSERT ->
				new Request(true, HttpConnection.request("POST", "/api/notices", NOTICE, this.target.cookie()));
			case MIX, PAIRS, ALL -> throw new IllegalArgumentException(kind + " is not one request");
		};
	}

	private static Request get(String path) {
		return new Request(false, HttpConnection.request("GET", path, "", ""));
	}

}
