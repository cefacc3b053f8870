package com.foobar.gateway.admin;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether and by whom backends are controlled at run time.
 *
 * @param passwordFile file that holds the operators' password, of at least 12 characters;
 * read again for each order; without it every order is refused
 */
@ConfigurationProperties("gateway.admin")
record AdminProperties(@Nullable Path passwordFile) {
}
