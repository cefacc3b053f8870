package com.foobar.gateway;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Invalid settings prevent the start with a message that names the error.
 */
@ExtendWith(OutputCaptureExtension.class)
class SettingsIT {

	@TempDir
	private static Path certificates;

	@BeforeAll
	static void makeCertificate() {
		TestCertificates.write(certificates, 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"gateway.backends.urls=ftp://web-app | gateway.backends.urls contains 'ftp://web-app'",
			"gateway.backends.urls=http://web-app weight=257 | expected nothing after the URL but weight=N",
			"gateway.backends.resolve-interval=0s | gateway.backends.resolve-interval is PT0S",
			"gateway.load-balancer.algorithm=fastest | LEAST_REQUESTS",
			"gateway.cache.max-lifetime=-1s | gateway.cache.max-lifetime is PT-1S",
			"gateway.cache.revalidate-on=Read After | gateway.cache.revalidate-on contains 'Read After'",
			"gateway.canonical-hosts.[www.a.com]=www.a.com | redirects 'www.a.com' to 'www.a.com'",
			"gateway.client.connect-timeout=100us | gateway.client.connect-timeout is PT0.0001S",
			"gateway.client.response-timeout=30d | gateway.client.response-timeout is PT720H",
			"gateway.ip-filter.deny=10.0.0.0/33 | gateway.ip-filter.deny contains '10.0.0.0/33'",
			"gateway.ip-filter.deny=::ffff:10.0.0.0/104 | gateway.ip-filter.deny contains '::ffff:10.0.0.0/104'",
			"gateway.admin.password-file=/nowhere | gateway.admin.password-file is /nowhere",
			"gateway.outlier-detection.max-ejection-time=1s | gateway.outlier-detection.max-ejection-time is PT1S",
			"gateway.health.path=readyz | gateway.health.path is 'readyz'",
			"gateway.health.timeout=soon | gateway.health.timeout",
			"gateway.hosts=https://www.a.com | gateway.hosts contains 'https://www.a.com'",
			"gateway.hsts-max-age=-1s | gateway.hsts-max-age is PT-1S",
			"gateway.limits.max-concurrent-streams=0 | gateway.limits.max-concurrent-streams is 0",
			"gateway.public-https-port=65536 | gateway.public-https-port is 65536",
			"gateway.retry.response-buffer=2MB | gateway.retry.response-buffer is 2097152",
			"gateway.load-balancer.slow-start=-1s | gateway.load-balancer.slow-start is PT-1S",
			"gateway.shutdown-delay=-1s | gateway.shutdown-delay is PT-1S",
			"gateway.websocket.idle-timeout=0s | gateway.websocket.idle-timeout is PT0S" })
	void invalidValuePreventsTheStart(String setting, String message, CapturedOutput output) {
		assertRefused(output, message, setting);
	}

	@ParameterizedTest
	@CsvSource({ "gateway.rate-limit.request=100", "gateway.retries.max-attempts=2", "gateway.hostnames[0]=www.a.com" })
	void misspelledNamePreventsTheStart(String setting, CapturedOutput output) {
		assertRefused(output,
				setting.substring(0, setting.indexOf('=')) + " is set, which is no setting of the gateway", setting);
	}

	@Test
	void relaxedNamesAreAccepted() {
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, backend.url(), "gateway.rateLimit.requests=100",
						"gateway.hosts[0]=localhost", "gateway.canonical-hosts.[a.com]=localhost")) {
			assertThat(gateway.get("/").header("RateLimit-Policy")).contains("q=100");
		}
	}

	// A shared port would expose the admin endpoints to the site's clients.
	@Test
	void adminNeedsASeparatePort(CapturedOutput output) {
		assertRefused(output, "management.server.port is 18443, and so the site's own port", "server.port=18443",
				"management.server.port=18443");
	}

	private static void assertRefused(CapturedOutput output, String message, String... settings) {
		assertThatThrownBy(() -> new TestGateway(certificates, "http://127.0.0.1:1", settings).close())
			.isInstanceOf(Exception.class);
		assertThat(output).contains("APPLICATION FAILED TO START", message, "Action:")
			.doesNotContain("\tat com.foobar", "\tat org.springframework");
	}

}
