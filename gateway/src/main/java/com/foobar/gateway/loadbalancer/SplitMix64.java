package com.foobar.gateway.loadbalancer;

/**
 * Turns numbers that follow one another into numbers that seem to be drawn by lot, always
 * the same for the same number.
 */
final class SplitMix64 {

	private SplitMix64() {
	}

	/**
	 * SplitMix64 (Steele, Lea, Flood 2014).
	 * @param number any number
	 */
	static long of(long number) {
		long z = number + 0x9E3779B97F4A7C15L;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

}
