package com.foobar.benchmarks.routing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads a row of ten columns through each mechanism by which a result set could be
 * delegated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
public class DelegationBenchmark {

	private static final int COLUMNS = 10;

	/** The object between the caller and the row. */
	@Param
	@SuppressWarnings("NullAway.Init")
	Mechanism mechanism;

	@SuppressWarnings("NullAway.Init")
	private Row row;

	@Setup
	public void setUp() {
		Row target = new StoredRow();
		this.row = switch (this.mechanism) {
			case NONE -> target;
			case HAND_WRITTEN -> new DelegatingRow(target);
			case METHOD -> proxy((proxy, method, arguments) -> method.invoke(target, arguments));
			case METHOD_HANDLE -> {
				Map<Method, MethodHandle> handles = new ConcurrentHashMap<>();
				yield proxy((proxy, method, arguments) -> handles.computeIfAbsent(method, (key) -> handle(target, key))
					.invokeExact(arguments));
			}
		};
	}

	private static Row proxy(InvocationHandler handler) {
		return (Row) Proxy.newProxyInstance(Row.class.getClassLoader(), new Class<?>[] { Row.class }, handler);
	}

	private static MethodHandle handle(Row target, Method method) {
		try {
			return MethodHandles.lookup()
				.unreflect(method)
				.bindTo(target)
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(method + " cannot be called", ex);
		}
	}

	@Benchmark
	public long row() {
		long sum = 0;
		for (int column = 0; column < COLUMNS; column++) {
			sum += this.row.getLong(column);
		}
		return sum;
	}

	/** Mechanisms of delegation. */
	public enum Mechanism {

		/** The row itself. */
		NONE,

		/** A class with one method for each method of the interface. */
		HAND_WRITTEN,

		/** A {@link Proxy} that invokes the method. */
		METHOD,

		/** A {@link Proxy} that looks up a cached method handle. */
		METHOD_HANDLE

	}

	/** A part of a result set. */
	public interface Row {

		long getLong(int column);

	}

	private static final class StoredRow implements Row {

		private final long[] columns = new long[COLUMNS];

		StoredRow() {
			for (int column = 0; column < COLUMNS; column++) {
				// Above the values that the JDK has boxed already.
				this.columns[column] = 1000L + column;
			}
		}

		@Override
		public long getLong(int column) {
			return this.columns[column];
		}

	}

	private static final class DelegatingRow implements Row {

		private final Row delegate;

		DelegatingRow(Row delegate) {
			this.delegate = delegate;
		}

		@Override
		public long getLong(int column) {
			return this.delegate.getLong(column);
		}

	}

}
