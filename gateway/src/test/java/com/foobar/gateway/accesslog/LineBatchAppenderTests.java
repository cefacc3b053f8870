package com.foobar.gateway.accesslog;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class LineBatchAppenderTests {

	private final LoggerContext context = new LoggerContext();

	private final Logger logger = this.context.getLogger("access");

	private final LineBatchAppender batches = new LineBatchAppender();

	LineBatchAppenderTests() {
		this.batches.setContext(this.context);
		this.batches.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.batches);
	}

	@Test
	void writesLinesInOrderWithoutAFlush(CapturedOutput output) {
		this.logger.info("first");
		this.logger.info("second");
		String expected = "first" + System.lineSeparator() + "second" + System.lineSeparator();
		await().untilAsserted(() -> assertThat(output.getOut()).isEqualTo(expected));
		this.logger.info("after a silence");
		await().untilAsserted(
				() -> assertThat(output.getOut()).isEqualTo(expected + "after a silence" + System.lineSeparator()));
	}

	@Test
	void writesTheRestOnStop(CapturedOutput output) {
		IntStream.range(0, 1000).forEach((number) -> this.logger.info("line " + number));
		this.context.stop();
		assertThat(output.getOut().lines()).hasSize(1000).endsWith("line 999");
	}

	@Test
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void dropsLinesInsteadOfBlocking(CapturedOutput output) {
		synchronized (System.out) {
			// Nothing can be written now.
			IntStream.range(0, 3 * LineBatchAppender.MAX_QUEUED)
				.forEach((number) -> this.logger.info("line " + number));
		}
		this.context.stop();
		assertThat(output.getOut().lines()).contains("line 0").hasSizeLessThan(3 * LineBatchAppender.MAX_QUEUED);
	}

	@Test
	void errorWhileALineIsWrittenIsLoggedAndTheNextLinesAreWritten(CapturedOutput output) {
		PrintStream out = System.out;
		CountDownLatch failed = new CountDownLatch(1);
		System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {

			@Override
			public void write(byte[] bytes, int offset, int length) {
				failed.countDown();
				throw new NoClassDefFoundError("unforeseen");
			}

		});
		try {
			this.logger.info("lost");
			await().until(() -> failed.getCount() == 0);
		}
		finally {
			System.setOut(out);
		}
		this.logger.info("written");
		await().untilAsserted(() -> assertThat(output.getOut()).contains("written" + System.lineSeparator()));
		assertThat(output.getErr()).contains("1 lines of the access log").contains("NoClassDefFoundError: unforeseen");
	}

}
