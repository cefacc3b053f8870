package com.foobar.gateway.accesslog;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;

/**
 * Appends the bare messages to the standard output, many in one write: a line waits up to
 * {@value #GATHERING_MILLIS} ms for others. Waking a thread for each line, and writing
 * it, cost a tenth of what the gateway did for a small answer.
 * <p>
 * Never blocks whoever logs, even if nobody reads the output any more: lines that find no
 * room among {@value #MAX_WAITING} are dropped. A regular stop writes what is left.
 * <p>
 * Thread-safe. Public for Logback, which makes it as its configuration says.
 */
public final class LineBatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	static final int MAX_WAITING = 8192;

	static final int GATHERING_MILLIS = 50;

	private static final long STOP_MILLIS = 1000;

	private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

	private volatile @Nullable Thread writer;

	@Override
	public void start() {
		super.start();
		Thread thread = new Thread(this::write, "access-log");
		thread.setDaemon(true);
		this.writer = thread;
		thread.start();
	}

	@Override
	protected void append(ILoggingEvent event) {
		var unused = this.waiting.offer(event.getFormattedMessage());
	}

	@Override
	public void stop() {
		super.stop();
		Thread thread = this.writer;
		this.writer = null;
		if (thread == null) {
			return;
		}
		thread.interrupt();
		try {
			thread.join(STOP_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write() {
		List<String> batch = new ArrayList<>();
		boolean more = true;
		while (more) {
			try {
				// Only a line that comes after a silence wakes this thread.
				batch.add(this.waiting.take());
				TimeUnit.MILLISECONDS.sleep(GATHERING_MILLIS);
			}
			catch (InterruptedException ex) {
				more = false;
			}
			this.waiting.drainTo(batch);
			writeGuarded(batch);
			batch.clear();
		}
	}

	// Without this thread nothing would be written until the gateway stops.
	private static void writeGuarded(List<String> lines) {
		try {
			write(lines);
		}
		catch (Throwable ex) {
			reportGuarded(lines.size(), ex);
		}
	}

	// Not by a logger: its lines go where these could not be written.
	private static void reportGuarded(int lines, Throwable failure) {
		try {
			System.err.println(lines + " lines of the access log could not be written: " + failure);
		}
		catch (Throwable ex) {
			// There is nowhere left to say it, and the next lines may fare better.
			return;
		}
	}

	// Looked up each time, because tests put another in its place.
	private static void write(List<String> lines) {
		StringBuilder text = new StringBuilder();
		for (String line : lines) {
			text.append(line).append(System.lineSeparator());
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		PrintStream out = System.out;
		out.write(bytes, 0, bytes.length);
		out.flush();
	}

}
