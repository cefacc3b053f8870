package com.foobar.routing.autoconfigure;

import java.util.List;

import com.foobar.routing.web.TrustedHosts;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The services with which this application's HTTP clients exchange causality tokens.
 *
 * @param hosts services of the same database, each as orders.example.com,
 * orders.example.com:8080 or *.example.com. Requests of Boot's RestClient, RestTemplate
 * and WebClient builders to these hosts send the token, and the token of the response is
 * adopted. Tokens are exchanged with no host by default
 */
@ConfigurationProperties("read-replica-routing.propagation")
public record PropagationProperties(@DefaultValue List<String> hosts) {

	public PropagationProperties {
		for (int i = 0; i < hosts.size(); i++) {
			if (!TrustedHosts.isHost(hosts.get(i))) {
				String property = "read-replica-routing.propagation.hosts[" + i + "]";
				throw new InvalidRoutingConfigurationException(property + " is '" + hosts.get(i)
						+ "'; expected a host such as orders.example.com, orders.example.com:8080 or *.example.com.",
						"Correct " + property + ".");
			}
		}
	}

}
