package com.foobar.gateway.limit;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import com.foobar.gateway.settings.InvalidSettingException;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client address may use the site. A denied range takes precedence; if
 * any range is allowed, all other addresses are denied.
 * <p>
 * Immutable.
 */
public final class IpFilter {

	private final List<Range> allowed;

	private final List<Range> denied;

	IpFilter(List<Range> allowed, List<Range> denied) {
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

	private static boolean contains(List<Range> ranges, byte[] address) {
		for (Range range : ranges) {
			if (range.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A range of addresses in CIDR notation (RFC 4632): {@code 10.0.0.0/8},
	 * {@code 2001:db8::/32}, or one address. Netty's {@code IpSubnetFilterRule} allocates
	 * for each comparison with an address of IPv6.
	 */
	static final class Range {

		private final byte[] network;

		private final int bits;

		private Range(byte[] network, int bits) {
			this.network = network;
			this.bits = bits;
		}

		/**
		 * Reads a range.
		 * @param setting full name of the property it comes from
		 * @param text the range as written
		 */
		static Range parse(String setting, String text) {
			int slash = text.indexOf('/');
			String address = (slash != -1) ? text.substring(0, slash) : text;
			// Netty also reads brackets and a scope, which mean nothing in a list.
			byte[] network = address.matches("[0-9a-fA-F:.]+") ? NetUtil.createByteArrayFromIpAddressString(address)
					: null;
			if (network == null) {
				throw invalid(setting, text, "expected an address or a range of addresses");
			}
			try {
				// Turns an IPv4-mapped address of IPv6 into one of IPv4.
				network = InetAddress.getByAddress(network).getAddress();
				int bits = (slash != -1) ? Integer.parseInt(text.substring(slash + 1)) : network.length * 8;
				if (bits < 0 || bits > network.length * 8) {
					throw invalid(setting, text, "expected at most " + network.length * 8 + " bits after the slash");
				}
				// 10.1.2.3/8 is either a slip or one address too many.
				int lowest = new BigInteger(1, network).getLowestSetBit();
				if (lowest != -1 && lowest < network.length * 8 - bits) {
					throw invalid(setting, text, "expected no bits set after the first " + bits);
				}
				return new Range(network, bits);
			}
			catch (UnknownHostException | NumberFormatException ex) {
				throw invalid(setting, text, "expected an address or a range of addresses");
			}
		}

		private static InvalidSettingException invalid(String setting, String text, String expected) {
			return new InvalidSettingException(setting + " contains '" + text + "'; " + expected,
					"Write ranges such as 192.0.2.0/24 or 2001:db8::/32, or single addresses.");
		}

		boolean contains(byte[] address) {
			if (address.length != this.network.length) {
				return false;
			}
			int whole = this.bits / 8;
			for (int i = 0; i < whole; i++) {
				if (address[i] != this.network[i]) {
					return false;
				}
			}
			int rest = this.bits % 8;
			return rest == 0 || ((address[whole] ^ this.network[whole]) & (0xff00 >> rest)) == 0;
		}

	}

}
