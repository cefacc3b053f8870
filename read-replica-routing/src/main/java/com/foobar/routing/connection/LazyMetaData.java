package com.foobar.routing.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import com.foobar.routing.statement.StatementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a connection that may not be open yet. Tracing libraries read the URL and
 * the user while a connection is being borrowed, before the transaction has said whether
 * it is read-only; opening a connection for them would send every transaction to the
 * primary. So what is the same for all connections comes from a cache, and only what
 * returns rows opens the connection. {@code getConnection} returns the connection that
 * the application holds.
 */
final class LazyMetaData implements InvocationHandler {

	private final SettingsTrackingConnection connection;

	private LazyMetaData(SettingsTrackingConnection connection) {
		this.connection = connection;
	}

	static DatabaseMetaData of(SettingsTrackingConnection connection) {
		return (DatabaseMetaData) Proxy.newProxyInstance(LazyMetaData.class.getClassLoader(),
				new Class<?>[] { DatabaseMetaData.class }, new LazyMetaData(connection));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
		switch (method.getName()) {
			case "getConnection" -> {
				return this.connection;
			}
			case "equals" -> {
				return args != null && proxy == args[0];
			}
			case "hashCode" -> {
				return System.identityHashCode(proxy);
			}
			case "toString" -> {
				return "meta-data of " + this.connection;
			}
			default -> {
				boolean needsConnection = this.connection.leased() != null
						|| ResultSet.class.isAssignableFrom(method.getReturnType())
						|| method.getDeclaringClass() != DatabaseMetaData.class;
				if (needsConnection) {
					Object result = call(this.connection.delegate(), method, args);
					return (result instanceof ResultSet rows) ? StatementProxy.of(this.connection, rows) : result;
				}
				List<@Nullable Object> key = Arrays.asList(method, (args != null) ? Arrays.asList(args) : null);
				return this.connection.metadata().get(key, (any) -> call(any, method, args));
			}
		}
	}

	private static @Nullable Object call(Connection connection, Method method, @Nullable Object @Nullable [] args)
			throws SQLException {
		try {
			return method.invoke(connection.getMetaData(), args);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				throw cause;
			}
			throw new SQLException("Meta-data " + method.getName() + " failed", ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new SQLException("Meta-data " + method.getName() + " cannot be called", ex);
		}
	}

}
