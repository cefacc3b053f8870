package com.foobar.gateway.limit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which client addresses may use the site.
 *
 * @param allow address ranges that may use the site; if there are any, all other
 * addresses are rejected
 * @param deny address ranges that are rejected, even if gateway.ip-filter.allow contains
 * them
 */
@ConfigurationProperties("gateway.ip-filter")
record IpFilterProperties(@Nullable List<String> allow, @Nullable List<String> deny) {

	IpFilter filter() {
		return new IpFilter(parse("gateway.ip-filter.allow", this.allow), parse("gateway.ip-filter.deny", this.deny));
	}

	private static List<IpFilter.Range> parse(String setting, @Nullable List<String> ranges) {
		return (ranges == null) ? List.of()
				: ranges.stream().map((range) -> IpFilter.Range.parse(setting, range.strip())).toList();
	}

}
