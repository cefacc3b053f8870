package com.foobar.benchmarks.routing.peers;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.foobar.benchmarks.routing.Rounds;
import com.foobar.benchmarks.routing.peers.Application.Items;
import com.foobar.benchmarks.routing.peers.Servers.Statements;

/**
 * The measurements of one contender, round by round.
 */
final class Measurements {

	private static final long ROW = 1;

	private static final int COUNTED = 1000;

	private static final int OWN_ROWS = 50;

	private final Items items;

	private final List<Double> micros = new ArrayList<>();

	private final List<Double> perSecond = new ArrayList<>();

	private Statements reads = Statements.NONE;

	private Statements writes = Statements.NONE;

	private int onReplica;

	private int notFound;

	private int notSeen;

	Measurements(Items items) {
		this.items = items;
	}

	/** Warms up the compiler and fills the pools. */
	void warmUp(int reads) throws InterruptedException, ExecutionException {
		concurrently(Contender.POOL_SIZE, reads / Contender.POOL_SIZE);
		readAll(reads);
	}

	void countStatements(Servers servers) throws SQLException {
		this.items.add();
		servers.awaitCaughtUp();
		readAll(3);
		Statements before = servers.statements();
		readAll(COUNTED);
		this.reads = servers.statements().since(before);
		for (int i = 0; i < COUNTED; i++) {
			this.onReplica += (this.items.server(ROW) != Servers.PRIMARY) ? 1 : 0;
		}
		this.items.add();
		before = servers.statements();
		for (int i = 0; i < COUNTED; i++) {
			this.items.add();
		}
		this.writes = servers.statements().since(before);
	}

	/** With the replica delayed by a second. */
	void checkOwnRows() {
		for (int i = 0; i < OWN_ROWS; i++) {
			this.notFound += this.items.find(this.items.add()) ? 0 : 1;
			this.notSeen += this.items.addAndFind() ? 0 : 1;
		}
	}

	void round(int reads) throws InterruptedException, ExecutionException {
		long begin = System.nanoTime();
		readAll(reads);
		this.micros.add((System.nanoTime() - begin) / 1_000.0 / reads);
		begin = System.nanoTime();
		concurrently(Contender.POOL_SIZE, reads / Contender.POOL_SIZE);
		this.perSecond.add(reads / Contender.POOL_SIZE * Contender.POOL_SIZE * 1e9 / (System.nanoTime() - begin));
	}

	private void readAll(int reads) {
		for (int i = 0; i < reads; i++) {
			if (!this.items.find(ROW)) {
				throw new IllegalStateException("The row that every read selects was not found");
			}
		}
	}

	private void concurrently(int threads, int readsEach) throws InterruptedException, ExecutionException {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<Void>> work = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				work.add(() -> {
					readAll(readsEach);
					return null;
				});
			}
			for (Future<Void> done : executor.invokeAll(work)) {
				done.get();
			}
		}
		finally {
			executor.shutdown();
		}
	}

	double micros() {
		return Rounds.median(this.micros);
	}

	double perSecond() {
		return Rounds.median(this.perSecond);
	}

	String microsRelativeTo(Measurements other) {
		return Rounds.ratio(this.micros, other.micros);
	}

	String perSecondRelativeTo(Measurements other) {
		return Rounds.ratio(this.perSecond, other.perSecond);
	}

	/** The share of the reads that the replica served, in percent. */
	long readsOnReplica() {
		return Math.round(this.onReplica * 100.0 / COUNTED);
	}

	String readStatements() {
		return perOperation(this.reads.primary()) + " + " + perOperation(this.reads.replica());
	}

	String writeStatements() {
		return perOperation(this.writes.primary());
	}

	/** One decimal, since a monitor may send queries in between. */
	private static String perOperation(long statements) {
		double each = (double) statements / COUNTED;
		return (Math.abs(each - Math.rint(each)) < 0.1) ? Long.toString(Math.round(each))
				: String.format(Locale.ROOT, "%.1f", each);
	}

	String ownRowsNotFound() {
		return this.notFound + " of " + OWN_ROWS;
	}

	String ownRowsNotSeen() {
		return this.notSeen + " of " + OWN_ROWS;
	}

}
