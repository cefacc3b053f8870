package com.foobar.gateway.forward;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.gateway.backends.Backend;
import com.foobar.gateway.backends.BackendsListener;

/**
 * The clients of all backends. They come and go with the backends.
 */
class BackendClients implements BackendsListener {

	private final Map<Backend, BackendClient> clients = new ConcurrentHashMap<>();

	private final ClientProperties properties;

	BackendClients(ClientProperties properties) {
		this.properties = properties;
	}

	BackendClient of(Backend backend) {
		BackendClient client = this.clients.get(backend);
		return (client != null) ? client
				: this.clients.computeIfAbsent(backend, (key) -> new BackendClient(key, this.properties));
	}

	@Override
	public void removed(Backend backend) {
		BackendClient client = this.clients.remove(backend);
		if (client != null) {
			client.close();
		}
	}

	void close() {
		this.clients.values().forEach(BackendClient::close);
		this.clients.clear();
	}

}
