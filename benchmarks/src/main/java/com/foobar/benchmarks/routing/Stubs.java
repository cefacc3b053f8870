package com.foobar.benchmarks.routing;

import java.lang.reflect.Proxy;

/**
 * Objects of an interface that answer every call with nothing.
 */
final class Stubs {

	private Stubs() {
	}

	static <T> T of(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				Class<?> result = method.getReturnType();
				return (result == boolean.class) ? (Object) false : (result == int.class) ? (Object) 0 : null;
			}));
	}

}
