package com.foobar.benchmarks.stack;

import java.nio.file.Path;

/**
 * The closed loop: wrk, which takes little of the processors. It sends the next request
 * of a connection when the response to the one before has arrived.
 */
final class Wrk {

	private final Path script;

	private final int connections;

	private final int notices;

	Wrk(Path script, int connections, int notices) {
		this.script = script;
		this.connections = connections;
		this.notices = notices;
	}

	/**
	 * What a run has found.
	 *
	 * @param requests the number of responses
	 * @param seconds how long it took
	 * @param failed the number of errors: of connections, time-outs, and status 400 or
	 * above
	 */
	record Run(long requests, double seconds, long failed) {

		double rate() {
			return this.requests / this.seconds;
		}

	}

	/**
	 * Load a contender.
	 * @param target the contender
	 * @param work the requests
	 * @param seconds how long
	 */
	Run run(Target target, Work work, int seconds) {
		String output = Shell.run("wrk", "-t1", "-c" + this.connections, "-d" + seconds, "--timeout", "10", "-s",
				this.script.toString(), target.url(), "--", work.key(), target.asset(), String.valueOf(this.notices),
				target.cookie());
		String[] figures = output.lines()
			.filter((line) -> line.startsWith("FIGURES "))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("wrk has printed no figures: " + output))
			.split(" ", -1);
		return new Run(Long.parseLong(figures[1]), Long.parseLong(figures[2]) / 1e6, Long.parseLong(figures[3]));
	}

}
