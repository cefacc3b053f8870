package com.foobar.routing.statement;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each interface method, default ones included, delegates to the pool's statement with
 * its arguments and returns its result.
 */
class DelegationTests {

	private static final Set<String> WAYS_BACK = Set.of("getConnection", "getStatement", "unwrap", "isWrapperFor");

	private final List<String> calls = new ArrayList<>();

	private final StatementOwner owner = recording(StatementOwner.class);

	static Stream<Method> methodsOfResultSets() {
		return methods(ResultSet.class);
	}

	static Stream<Method> methodsOfStatements() {
		return methods(Statement.class);
	}

	static Stream<Method> methodsOfPreparedStatements() {
		return methods(PreparedStatement.class);
	}

	static Stream<Method> methodsOfCalls() {
		return methods(CallableStatement.class);
	}

	private static Stream<Method> methods(Class<?> type) {
		return Arrays.stream(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !WAYS_BACK.contains(method.getName()));
	}

	@ParameterizedTest
	@MethodSource("methodsOfResultSets")
	void resultSetDelegates(Method method) throws Exception {
		check(new ResultSetProxy(recording(ResultSet.class), null), method);
	}

	@ParameterizedTest
	@MethodSource("methodsOfStatements")
	void statementDelegates(Method method) throws Exception {
		check(StatementProxy.of(this.owner, recording(Statement.class)), method);
	}

	@ParameterizedTest
	@MethodSource("methodsOfPreparedStatements")
	void preparedStatementDelegates(Method method) throws Exception {
		check(new PreparedStatementProxy<>(this.owner, recording(PreparedStatement.class)), method);
	}

	@ParameterizedTest
	@MethodSource("methodsOfCalls")
	void callableStatementDelegates(Method method) throws Exception {
		check(new CallableStatementProxy(this.owner, recording(CallableStatement.class)).call(), method);
	}

	private void check(Object proxy, Method method) throws Exception {
		Object[] arguments = Arrays.stream(method.getParameterTypes()).map(DelegationTests::some).toArray();
		try {
			Object result = method.invoke(proxy, arguments);
			if (result instanceof ResultSet rows) {
				assertThat(rows.getStatement()).isSameAs(proxy);
			}
			else {
				assertThat(result).isEqualTo(some(method.getReturnType()));
			}
		}
		catch (InvocationTargetException ex) {
			throw (Exception) Objects.requireNonNull(ex.getCause());
		}
		assertThat(this.calls).last().isEqualTo(call(method, arguments));
	}

	private <T> T recording(Class<T> type) {
		InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
			case "beforeExecution" -> false;
			case "onClosed" -> null;
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == arguments[0];
			case "toString" -> type.getSimpleName();
			default -> {
				this.calls.add(call(method, arguments));
				yield some(method.getReturnType());
			}
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static String call(Method method, Object @Nullable [] arguments) {
		return method.getName() + Arrays.toString(method.getParameterTypes())
				+ Arrays.deepToString((arguments != null) ? arguments : new Object[0]);
	}

	/** A distinguishable value. */
	private static @Nullable Object some(Class<?> type) {
		if (type == boolean.class) {
			return true;
		}
		if (type == String.class) {
			return "text";
		}
		if (type.isArray()) {
			return Array.newInstance(type.getComponentType(), 0);
		}
		if (type == ResultSet.class) {
			return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> null);
		}
		if (type.isPrimitive() && type != void.class) {
			return primitive(type);
		}
		return null;
	}

	private static Object primitive(Class<?> type) {
		Object array = Array.newInstance(type, 1);
		Array.setByte(array, 0, (byte) 7);
		return Array.get(array, 0);
	}

}
