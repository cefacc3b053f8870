package com.foobar.benchmarks.stack;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.foobar.benchmarks.routing.Rounds;

/**
 * Measures one contender at a time.
 */
final class Measurement {

	/** Seconds of a slice of the warm-up, of which each has a rate. */
	private static final int SLICE = 2;

	/** The share of the processors that wrk leaves to the chain. */
	private static final double BUSY = 0.9;

	private static final int WARMING_AGAIN = 2;

	/** Of the final rate: then a contender counts as warm. */
	private static final double WARM = 0.8;

	private final Databases databases;

	private final Wrk wrk;

	private final Figures figures;

	private final Plan plan;

	/** Requests per second of the open loop, the same for all contenders. */
	private final Map<Work, Double> rates = new EnumMap<>(Work.class);

	Measurement(Databases databases, Wrk wrk, Figures figures, Plan plan) {
		this.databases = databases;
		this.wrk = wrk;
		this.figures = figures;
		this.plan = plan;
	}

	/**
	 * How much is measured.
	 *
	 * @param works the closed loops
	 * @param latencies the works of the open loop
	 * @param rateShare the rate of the open loop, as a share of the first throughput of
	 * the work
	 * @param seconds of each loop
	 * @param connections of each loop
	 * @param notices the number of rows
	 */
	record Plan(List<Work> works, List<Work> latencies, double rateShare, int seconds, int connections, int notices) {

	}

	/**
	 * Start a contender, load it and suspend it. Time is processor time here, that of the
	 * whole chain with its compilers: on processors that are busy with the chain alone it
	 * is the time of the clock, and other work of the machine does not change it.
	 */
	void warmUp(Contender contender, int warmUpSeconds) throws SQLException {
		this.databases.prepare(contender.readsReplica());
		this.figures.add(0, contender.id(), "", "start s", contender.start());
		double processors = Runtime.getRuntime().availableProcessors() * BUSY;
		List<Double> rates = new ArrayList<>();
		List<Double> times = new ArrayList<>();
		long deadline = System.nanoTime() + 4_000_000_000L * warmUpSeconds;
		double time = 0;
		while (rates.isEmpty() || (time < warmUpSeconds && System.nanoTime() < deadline)) {
			double before = total(ProcFiles.processorTime(chain(contender)));
			Wrk.Run run = this.wrk.run(contender.target(), Work.ALL, SLICE);
			double used = (total(ProcFiles.processorTime(chain(contender))) - before) / 1000 / processors;
			time += used;
			rates.add(run.requests() / used);
			times.add(time);
			this.figures.add(rates.size(), contender.id(), "warm-up", "after s", time);
			this.figures.add(rates.size(), contender.id(), "warm-up", "requests/s", run.rate());
			this.figures.add(rates.size(), contender.id(), "warm-up", "requests/s at full use", run.requests() / used);
		}
		double last = Rounds.median(rates.subList(rates.size() * 3 / 4, rates.size()));
		int slice = 0;
		while (rates.get(slice) < WARM * last) {
			slice++;
		}
		this.figures.add(0, contender.id(), "", "warm s", times.get(slice));
		contender.suspend();
	}

	/** One contender's turn in one round. */
	void turn(int round, Contender contender) throws SQLException {
		this.databases.prepare(contender.readsReplica());
		contender.resume();
		this.wrk.run(contender.target(), Work.ALL, WARMING_AGAIN);
		this.databases.prepare(contender.readsReplica());
		for (Work work : this.plan.works()) {
			if (work == Work.PAIRS) {
				ownReads(round, contender);
			}
			else {
				closedLoop(round, contender, work);
			}
		}
		for (Work work : this.plan.latencies()) {
			openLoop(round, contender, work);
		}
		ProcFiles.memory(chain(contender))
			.forEach((role, megabytes) -> this.figures.add(round, contender.id(), "", "MB " + role, megabytes));
		contender.suspend();
	}

	private void closedLoop(int round, Contender contender, Work work) throws SQLException {
		Map<Role, Double> statements = statements(contender);
		Map<Role, Double> before = ProcFiles.processorTime(chain(contender));
		Wrk.Run run = this.wrk.run(contender.target(), work, this.plan.seconds());
		Map<Role, Double> after = ProcFiles.processorTime(chain(contender));
		add(round, contender, work, "requests/s", run.rate());
		add(round, contender, work, "failed", run.failed());
		if (run.failed() > 0) {
			StackBenchmark.progress(
					contender.id() + ": " + run.failed() + " of " + run.requests() + " requests failed: " + work.key());
		}
		after.forEach((role, time) -> add(round, contender, work, "ms " + role,
				(time - before.getOrDefault(role, 0.0)) / run.requests()));
		add(round, contender, work, "ms", (total(after) - total(before)) / run.requests());
		statements(contender).forEach((role, count) -> add(round, contender, work, "statements " + role,
				(count - statements.getOrDefault(role, 0.0)) / run.requests()));
	}

	private void ownReads(int round, Contender contender) {
		double before = total(ProcFiles.processorTime(chain(contender)));
		OwnReads.Run run = OwnReads.run(contender.target(), this.plan.connections() / 2, this.plan.seconds(),
				Integer.MAX_VALUE);
		double used = total(ProcFiles.processorTime(chain(contender))) - before;
		add(round, contender, Work.PAIRS, "requests/s", run.pairs() / run.seconds());
		add(round, contender, Work.PAIRS, "ms", used / run.pairs());
		add(round, contender, Work.PAIRS, "pairs", run.pairs());
		add(round, contender, Work.PAIRS, "stale", run.stale());
		add(round, contender, Work.PAIRS, "failed", run.failed());
	}

	/** The first contender that is measured sets the rate for all; see {@link Plan}. */
	private void openLoop(int round, Contender contender, Work work) {
		double rate = this.rates.computeIfAbsent(work, (key) -> this.plan.rateShare()
				* this.figures.median(contender.id(), key.key(), "requests/s").orElseThrow());
		OpenLoop loop = new OpenLoop(contender.target(), work, this.plan.notices(), this.plan.connections());
		loop.run(rate, 1);
		OpenLoop.Run run = loop.run(rate, this.plan.seconds());
		add(round, contender, work, "open loop requests/s", rate);
		add(round, contender, work, "open loop failed", run.failedReads() + run.failedWrites());
		add(round, contender, work, "p50 ms", run.millis(50));
		add(round, contender, work, "p99 ms", run.millis(99));
		add(round, contender, work, "p99.9 ms", run.millis(99.9));
	}

	/**
	 * Reads own notices while the replica is a second late.
	 * @param pairs the number of pairs
	 */
	void staleReads(Contender contender, int pairs) throws SQLException {
		begin(contender);
		if (contender.readsReplica()) {
			this.databases.delay(1);
		}
		OwnReads.Run run = OwnReads.run(contender.target(), 1, 120, pairs);
		if (contender.readsReplica()) {
			this.databases.delay(0);
		}
		this.figures.add(0, contender.id(), "", "late pairs", run.pairs());
		this.figures.add(0, contender.id(), "", "late stale", run.stale());
		this.figures.add(0, contender.id(), "", "late failed", run.failed());
		contender.suspend();
	}

	/**
	 * Kills an application under load, three seconds after its start, and starts it again
	 * a second later.
	 */
	void failures(Contender contender, int seconds) throws SQLException {
		begin(contender);
		double rate = this.plan.rateShare() / 2
				* this.figures.median(contender.id(), Work.MIX.key(), "requests/s").orElse(100);
		OpenLoop loop = new OpenLoop(contender.target(), Work.MIX, this.plan.notices(), this.plan.connections());
		Thread killer = new Thread(() -> {
			Shell.pause(3000);
			contender.victim().kill();
			Shell.pause(1000);
			contender.victim().start();
		});
		killer.start();
		OpenLoop.Run run = loop.run(rate, seconds);
		this.figures.add(0, contender.id(), "", "kill requests", run.requests());
		this.figures.add(0, contender.id(), "", "kill failed reads", run.failedReads());
		this.figures.add(0, contender.id(), "", "kill failed writes", run.failedWrites());
		this.figures.add(0, contender.id(), "", "kill longest ms", run.millis(100));
		contender.suspend();
	}

	private void begin(Contender contender) throws SQLException {
		this.databases.prepare(contender.readsReplica());
		contender.resume();
	}

	private void add(int round, Contender contender, Work work, String metric, Number value) {
		this.figures.add(round, contender.id(), work.key(), metric, value);
	}

	private Map<Role, Double> statements(Contender contender) throws SQLException {
		Map<Role, Double> statements = new HashMap<>();
		for (Node node : this.databases.nodes(contender.readsReplica())) {
			statements.put(node.role(), this.databases.statements(node.role()));
		}
		return statements;
	}

	private List<Node> chain(Contender contender) {
		List<Node> nodes = new ArrayList<>(contender.nodes());
		nodes.addAll(this.databases.nodes(contender.readsReplica()));
		return nodes;
	}

	private static double total(Map<Role, Double> times) {
		return times.values().stream().mapToDouble(Double::doubleValue).sum();
	}

}
