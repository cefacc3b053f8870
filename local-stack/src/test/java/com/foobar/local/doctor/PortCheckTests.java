package com.foobar.local.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import com.foobar.local.Ports;
import com.foobar.local.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class PortCheckTests {

	@Test
	void goodWhenAllPortsAreFree() {
		assertThat(PortCheck.check(Ports.free(2, 1))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.GOOD);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void usedPortIsReportedWithItsProcessAndOption() throws IOException {
		Ports free = Ports.free(1, 0);
		try (ServerSocket socket = new ServerSocket(free.https(), 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.isBound()).isTrue();
			assertThat(PortCheck.check(free)).singleElement().satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
				assertThat(finding.subject()).isEqualTo("port " + free.https());
				assertThat(finding.text()).startsWith("is in use by process " + ProcessHandle.current().pid())
					.endsWith("needed for the gateway, https (HTTPS_PORT or --https-port)");
			});
		}
	}

	@Test
	void reportsADuplicatePort() {
		Ports free = Ports.free(1, 0);
		Ports twice = new Ports(free.http(), free.http(), free.management(), free.webApps(), free.webAppManagement(),
				free.databases());
		assertThat(PortCheck.check(twice)).singleElement()
			.extracting(Finding::text)
			.isEqualTo("is given twice; expected a different port for each");
	}

	@Test
	void rejectsInvalidPorts() {
		Ports free = Ports.free(1, 0);
		Ports wrong = new Ports(70000, free.https(), free.management(), free.webApps(), free.webAppManagement(),
				List.of(0));
		assertThat(PortCheck.check(wrong)).extracting(Finding::subject).containsExactly("port 70000", "port 0");
	}

}
