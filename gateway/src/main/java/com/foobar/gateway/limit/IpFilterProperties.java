package com.foobar.gateway.limit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use the site.
 *
 * @param allow address ranges that may; if there are any, nobody else may
 * @param deny address ranges that may not, even if allowed
 */
@ConfigurationProperties("gateway.ip-filter")
record IpFilterProperties(@Nullable List<String> allow, @Nullable List<String> deny) {

	IpFilter rules() {
		return new IpFilter(parse("gateway.ip-filter.allow", this.allow), parse("gateway.ip-filter.deny", this.deny));
	}

	private static List<IpRange> parse(String setting, @Nullable List<String> ranges) {
		return (ranges == null) ? List.of()
				: ranges.stream().map((range) -> IpRange.parse(setting, range.strip())).toList();
	}

}
