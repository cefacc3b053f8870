package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client address may use the site. A denied range takes precedence; if
 * any range is allowed, all other addresses are denied.
 * <p>
 * Immutable.
 */
public final class IpFilter {

	private final List<IpRange> allowed;

	private final List<IpRange> denied;

	IpFilter(List<IpRange> allowed, List<IpRange> denied) {
		this.allowed = List.copyOf(allowed);
		this.denied = List.copyOf(denied);
	}

	/**
	 * Decides whether a client is allowed.
	 * @param client address of the client's socket; null if it is not known
	 */
	public boolean allows(@Nullable InetAddress client) {
		if (this.allowed.isEmpty() && this.denied.isEmpty()) {
			return true;
		}
		if (client == null) {
			return false;
		}
		byte[] address = client.getAddress();
		return !contains(this.denied, address) && (this.allowed.isEmpty() || contains(this.allowed, address));
	}

	private static boolean contains(List<IpRange> ranges, byte[] address) {
		for (IpRange range : ranges) {
			if (range.contains(address)) {
				return true;
			}
		}
		return false;
	}

}
