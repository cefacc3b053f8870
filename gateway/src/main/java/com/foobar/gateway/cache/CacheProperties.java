package com.foobar.gateway.cache;

import java.time.Duration;
import java.util.List;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The cache of responses. Which responses are stored follows from their headers.
 *
 * @param enabled whether the cache is enabled
 * @param size maximum memory for all stored responses
 * @param maxObjectSize maximum length of the content of a stored response
 * @param maxLifetime longest time for which a response that is not immutable is served
 * without revalidation, whatever its max-age; must not be longer than clients send what
 * revalidate-on names
 * @param lockTimeout how long a request waits for a concurrent request for the same
 * response before it is forwarded itself
 * @param revalidateOn names of headers or cookies; a request with one of them gets only
 * immutable responses from the cache, all others are revalidated by a backend; a response
 * with a header of one of these names is not stored
 */
@ConfigurationProperties("gateway.cache")
record CacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("32MB") DataSize size,
		@DefaultValue("1MB") DataSize maxObjectSize, @DefaultValue("10m") Duration maxLifetime,
		@DefaultValue("5s") Duration lockTimeout, @DefaultValue List<String> revalidateOn) {

	CacheProperties {
		Require.between("gateway.cache.size", size.toBytes(), 0, 64L << 30);
		Require.between("gateway.cache.max-object-size", maxObjectSize.toBytes(), 0, 256 << 20);
		Require.positive("gateway.cache.max-lifetime", maxLifetime);
		Require.positive("gateway.cache.lock-timeout", lockTimeout);
	}

}
