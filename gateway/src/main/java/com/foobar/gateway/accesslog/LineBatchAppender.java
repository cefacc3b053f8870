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
 * Writes the bare messages to the standard output, many in one write: a line waits up to
 * {@value #BATCH_MILLIS} ms for others. Waking a thread for each line, and writing it,
 * costs up to a tenth of the processor time of a small response.
 * <p>
 * Never blocks the logging thread, even if the output is no longer read: lines beyond
 * {@value #MAX_QUEUED} are dropped. A regular stop writes the rest.
 * <p>
 * Thread-safe. Public for Logback's configuration.
 */
public final class LineBatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	static final int MAX_QUEUED = 8192;

	static final int BATCH_MILLIS = 50;

	private static final long STOP_MILLIS = 1000;

	private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(MAX_QUEUED);

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
		var unused = this.queue.offer(event.getFormattedMessage());
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
				// Only the first line after a pause wakes this thread.
				batch.add(this.queue.take());
				TimeUnit.MILLISECONDS.sleep(BATCH_MILLIS);
			}
			catch (InterruptedException ex) {
				more = false;
			}
			this.queue.drainTo(batch);
			tryWrite(batch);
			batch.clear();
		}
	}

	// Without this thread nothing would be written until the gateway stops.
	private static void tryWrite(List<String> lines) {
		try {
			write(lines);
		}
		catch (Throwable ex) {
			tryReport(lines.size(), ex);
		}
	}

	// Not by a logger: its lines have the same destination.
	private static void tryReport(int lines, Throwable failure) {
		try {
			System.err.println(lines + " lines of the access log could not be written: " + failure);
		}
		catch (Throwable ex) {
			// No output is left to report it to; the next lines are tried again.
			return;
		}
	}

	// Looked up each time, because tests replace it.
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
