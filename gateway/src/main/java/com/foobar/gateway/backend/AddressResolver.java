package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses does a host name have now? May block; not called on event loops.
 */
@FunctionalInterface
interface AddressResolver {

	List<InetAddress> resolve(String host) throws UnknownHostException;

	/**
	 * The operating system's resolver. It sees changes because the gateway disables the
	 * JVM's own cache at startup.
	 */
	static AddressResolver system() {
		return (host) -> List.of(InetAddress.getAllByName(host));
	}

}
