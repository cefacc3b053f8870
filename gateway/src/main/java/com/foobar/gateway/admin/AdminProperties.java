package com.foobar.gateway.admin;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Changes of backends at run time.
 *
 * @param passwordFile file with the admin password, of at least 12 characters; read again
 * for each change; without it changes at run time are disabled
 */
@ConfigurationProperties("gateway.admin")
record AdminProperties(@Nullable Path passwordFile) {
}
