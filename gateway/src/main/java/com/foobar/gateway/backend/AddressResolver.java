package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What addresses does a host name have now? May block; called off the event loops.
 */
@FunctionalInterface
interface AddressResolver {

	List<InetAddress> lookUp(String host) throws UnknownHostException;

	/**
	 * The operating system's resolver. Sees changes only because the start of the gateway
	 * turned the JVM's own cache off.
	 */
	static AddressResolver system() {
		return (host) -> List.of(InetAddress.getAllByName(host));
	}

}
