package com.foobar.gateway.cache;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept of the backends' answers. Which those are, the answers say.
 *
 * @param enabled whether anything is kept
 * @param size most that all answers together take in memory
 * @param maxObjectSize longest content of an answer that is kept
 * @param maxLifetime how long an answer that may change is given without asking again,
 * however long it is allowed; must not be longer than clients carry the token of their
 * last write
 * @param lockTimeout how long a request waits for another one that is under way for the
 * same answer, before it is forwarded itself
 */
@ConfigurationProperties("gateway.cache")
record CacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("32MB") DataSize size,
		@DefaultValue("1MB") DataSize maxObjectSize, @DefaultValue("10m") Duration maxLifetime,
		@DefaultValue("5s") Duration lockTimeout) {

	CacheProperties {
		Require.between("gateway.cache.size", size.toBytes(), 0, 64L << 30);
		Require.between("gateway.cache.max-object-size", maxObjectSize.toBytes(), 0, 256 << 20);
		Require.positive("gateway.cache.max-lifetime", maxLifetime);
		Require.positive("gateway.cache.lock-timeout", lockTimeout);
	}

}
