package com.foobar.routing.consistency;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose operations must all succeed during a flood. Alternates between the
 * instances. For one thread.
 */
final class HonestClient {

	private final List<CheckedInstance> instances;

	private final Carrier carrier = new Carrier.Caller();

	private final long key;

	private int last;

	HonestClient(List<CheckedInstance> instances) {
		this.instances = instances;
		this.key = new CheckedClient(this.carrier, instances, new Random(), false, new Findings()).own();
	}

	void write() throws Exception {
		this.last++;
		this.carrier.run(instance(this.last), "raise", this.key, this.last);
	}

	void read() throws Exception {
		assertThat(this.carrier.run(instance(this.last + 1), "read", this.key, 0)).isEqualTo(this.last);
	}

	void writeAndReadElsewhere() throws Exception {
		write();
		read();
	}

	/** Reads as a client that has written nothing. */
	long readWithoutToken() throws Exception {
		return new Carrier.Caller().run(instance(this.last), "read", this.key, 0);
	}

	/** The number written last. */
	int last() {
		return this.last;
	}

	/** The current token. */
	String token() {
		return this.carrier.token();
	}

	private CheckedInstance instance(int number) {
		return this.instances.get(number % this.instances.size());
	}

}
