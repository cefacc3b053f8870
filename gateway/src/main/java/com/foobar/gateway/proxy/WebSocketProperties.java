package com.foobar.gateway.proxy;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Relay of WebSockets.
 *
 * @param idleTimeout time without a byte in either direction after which a WebSocket is
 * closed
 */
@ConfigurationProperties("gateway.websocket")
record WebSocketProperties(@DefaultValue("5m") Duration idleTimeout) {

	WebSocketProperties {
		Require.positive("gateway.websocket.idle-timeout", idleTimeout);
	}

}
