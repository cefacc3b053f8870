package com.foobar.routing.statement;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A call that returns the application's connection. Its own hundred methods, which read
 * the output parameters, are invoked by reflection: a procedure call costs more than
 * that. For one thread at a time.
 */
public final class CallableStatementProxy extends PreparedStatementProxy<CallableStatement>
		implements InvocationHandler {

	private final CallableStatement call;

	/**
	 * Wrap a call.
	 * @param owner the connection that the application holds
	 * @param delegate the call of the pool
	 */
	public CallableStatementProxy(StatementOwner owner, CallableStatement delegate) {
		super(owner, delegate);
		this.call = (CallableStatement) Proxy.newProxyInstance(CallableStatementProxy.class.getClassLoader(),
				new Class<?>[] { CallableStatement.class }, this);
	}

	/**
	 * Return the call for the application.
	 * @return the call
	 */
	public CallableStatement call() {
		return this.call;
	}

	@Override
	Statement self() {
		return this.call;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
		if (method.getName().equals("equals") && args != null) {
			return proxy == args[0];
		}
		boolean own = method.getDeclaringClass() == CallableStatement.class;
		try {
			Object result = method.invoke(own ? this.delegate : this, args);
			return (own && result instanceof ResultSet rows) ? proxy(rows) : result;
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

}
