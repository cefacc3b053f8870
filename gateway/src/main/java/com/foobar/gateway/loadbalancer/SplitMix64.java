package com.foobar.gateway.loadbalancer;

/**
 * The hash of SplitMix64 (Steele, Lea, Flood 2014): consecutive numbers become
 * pseudo-random ones. The JDK's {@code SplittableRandom} uses it as well, but allocates
 * an object for each seed.
 */
final class SplitMix64 {

	private SplitMix64() {
	}

	static long of(long number) {
		long z = number + 0x9E3779B97F4A7C15L;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

}
