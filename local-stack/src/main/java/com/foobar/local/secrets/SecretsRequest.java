package com.foobar.local.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The secrets to create, their directory and their owners.
 *
 * @param directory the directory that holds one directory per consumer
 * @param nodes the database servers, first the primary
 * @param mount the path at which a consumer mounts its own directory, which
 * {@code monitor.cnf} uses for the authority's certificate
 * @param owners the owner of each directory; others belong to this process's user
 */
public record SecretsRequest(Path directory, List<String> nodes, String mount, List<Owner> owners) {

	public SecretsRequest {
		nodes = List.copyOf(nodes);
		owners = List.copyOf(owners);
		if (nodes.isEmpty()) {
			throw new IllegalArgumentException("No database node is given; expected at least the primary's name");
		}
		for (Owner owner : owners) {
			if (!consumers(nodes).contains(owner.consumer())) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"There is no consumer '%s'; expected one of %s", owner.consumer(), consumers(nodes)));
			}
		}
	}

	List<String> consumers() {
		return consumers(this.nodes);
	}

	SecretDirectory directory(String consumer) {
		Optional<Owner> owner = this.owners.stream().filter((o) -> o.consumer().equals(consumer)).findFirst();
		@Nullable Owner orNone = owner.orElse(null);
		return new SecretDirectory(this.directory.resolve(consumer), orNone);
	}

	private static List<String> consumers(List<String> nodes) {
		List<String> consumers = new java.util.ArrayList<>(List.of("authority", "web-app", "gateway"));
		consumers.addAll(nodes);
		return consumers;
	}

}
