package com.foobar.local;

/**
 * Is told, in a few words, what happened.
 */
@FunctionalInterface
public interface Progress {

	void report(String event);

}
