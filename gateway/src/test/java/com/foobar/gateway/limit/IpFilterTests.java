package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import com.foobar.gateway.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IpFilterTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "192.0.2.128/25, 192.0.2.127, false",
			"192.0.2.128/25, 192.0.2.128, true", "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.6, false",
			"0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, 2001:db8::1, false", "::/0, 203.0.113.9, false",
			"2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::1, false",
			"2001:db8::8000/113, 2001:db8::7fff, false", "::1, ::1, true", "::ffff:192.0.2.0/24, 192.0.2.9, true",
			"192.0.2.0/24, ::ffff:192.0.2.9, true" })
	void findsAddressesInRanges(String range, String address, boolean within) throws UnknownHostException {
		InetAddress client = InetAddress.getByName(address);
		assertThat(new IpFilterProperties(List.of(range), null).filter().allows(client)).isEqualTo(within);
		assertThat(new IpFilterProperties(null, List.of(range)).filter().allows(client)).isNotEqualTo(within);
	}

	@Test
	void deniedRangesTakePrecedence() throws UnknownHostException {
		IpFilter rules = new IpFilterProperties(List.of("10.0.0.0/8"), List.of("10.1.0.0/16")).filter();
		assertThat(rules.allows(InetAddress.getByName("10.2.0.1"))).isTrue();
		assertThat(rules.allows(InetAddress.getByName("10.1.0.1"))).isFalse();
	}

	@Test
	void unknownAddressIsRejectedOnlyIfThereAreRanges() {
		assertThat(new IpFilterProperties(null, null).filter().allows(null)).isTrue();
		assertThat(new IpFilterProperties(null, List.of("10.0.0.0/8")).filter().allows(null)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8", "10.0.0.256", "2001:db8::/129",
			"10.0.0.0/", "10.0.0.0/a", "10.0.0.0/-1", "2001:db8::1/32", "300.0.0.0/8", "[::1]", "fe80::1%1",
			"::ffff:10.0.0.0/104", "cafe" })
	void rejectsInvalidRanges(String text) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new IpFilterProperties(null, List.of(text)).filter())
			.withMessageContaining("gateway.ip-filter.deny contains '" + text + "'");
	}

}
