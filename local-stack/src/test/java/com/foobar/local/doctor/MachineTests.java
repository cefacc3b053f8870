package com.foobar.local.doctor;

import java.util.List;
import java.util.OptionalLong;

import com.foobar.local.doctor.Finding.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MachineTests {

	private static final long MEGABYTE = 1024 * 1024;

	@ParameterizedTest
	@CsvSource(textBlock = """
			# java, total MB, available MB, disk MB, subject, severity, text
			17,     8000,     4000,         5000,     java,     GOOD,     Java 17 in /jdk
			25,     8000,     4000,         5000,     java,     GOOD,     Java 25 in /jdk
			11,     8000,     4000,         5000,     java,     PROBLEM,  expected 17 or later
			26,     8000,     4000,         5000,     java,     WARNING,  tested up to 25 only
			17,     8000,     4000,         5000,     memory,   GOOD,     about 1600 MB needed
			17,     8000,     1599,         5000,     memory,   PROBLEM,  1599 MB available of 8000 MB
			17,     1500,     1400,         5000,     memory,   PROBLEM,  1500 MB in all
			17,     1500,     -1,           5000,     memory,   PROBLEM,  1500 MB in all
			17,     8000,     -1,           5000,     memory,   GOOD,     8000 MB available
			17,     8000,     4000,         1023,     disk,     PROBLEM,  1023 MB are free
			17,     8000,     4000,         1024,     disk,     GOOD,     1024 MB free
			""")
	void judges(int java, long total, long available, long disk, String subject, Severity severity, String text) {
		Machine machine = new Machine(java, "/jdk", total * MEGABYTE,
				(available < 0) ? OptionalLong.empty() : OptionalLong.of(available * MEGABYTE), disk * MEGABYTE);
		List<Finding> findings = machine.check(2, 2);
		assertThat(findings).filteredOn((finding) -> finding.subject().equals(subject))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(severity);
				assertThat(finding.text()).contains(text);
			});
	}

}
