package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;

import com.foobar.gateway.settings.InvalidSettingException;

/**
 * A range of addresses in CIDR notation (RFC 4632): {@code 10.0.0.0/8},
 * {@code 2001:db8::/32}, or one address.
 */
final class AddressRange {

	private final byte[] network;

	private final int bits;

	private AddressRange(byte[] network, int bits) {
		this.network = network;
		this.bits = bits;
	}

	/**
	 * Reads a range.
	 * @param setting full name of the property it comes from
	 * @param text the range as written
	 */
	static AddressRange parse(String setting, String text) {
		int slash = text.indexOf('/');
		String address = (slash != -1) ? text.substring(0, slash) : text;
		// Letters, digits, colons: nothing that would be looked up by name.
		if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
			throw invalid(setting, text, "expected an address or a range of addresses");
		}
		try {
			byte[] network = InetAddress.getByName(address).getAddress();
			int bits = (slash != -1) ? Integer.parseInt(text.substring(slash + 1)) : network.length * 8;
			if (bits < 0 || bits > network.length * 8) {
				throw invalid(setting, text, "expected at most " + network.length * 8 + " bits after the slash");
			}
			AddressRange range = new AddressRange(network, bits);
			if (!range.isNetwork()) {
				throw invalid(setting, text, "it has bits set behind its first " + bits);
			}
			return range;
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

	// 10.1.2.3/8 is either a slip or one address too many.
	private boolean isNetwork() {
		for (int bit = this.bits; bit < this.network.length * 8; bit++) {
			if ((this.network[bit / 8] & (0x80 >> (bit % 8))) != 0) {
				return false;
			}
		}
		return true;
	}

}
