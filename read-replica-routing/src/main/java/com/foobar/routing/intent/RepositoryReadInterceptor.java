package com.foobar.routing.intent;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Detects transactions that a repository has opened by itself. Runs after the
 * repository's transaction interceptor, so that the transaction of the call is active. It
 * is the repository's own if the call has opened it and neither the method nor the
 * interface that declares it is annotated: then {@code readOnly} comes from a class of
 * Spring Data.
 */
final class RepositoryReadInterceptor implements MethodInterceptor {

	private static final String SPRING_DATA = "org.springframework.data.";

	private final ReadIntentResolver intents;

	private final RepositoryInformation repository;

	private final Map<Method, Boolean> ownTransactions = new ConcurrentHashMap<>();

	RepositoryReadInterceptor(ReadIntentResolver intents, RepositoryInformation repository) {
		this.intents = intents;
		this.repository = repository;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& this.ownTransactions.computeIfAbsent(invocation.getMethod(), this::isOwnTransaction)
				&& isNewTransaction()) {
			return this.intents.runRepositoryRead(invocation::proceed);
		}
		return invocation.proceed();
	}

	/** As in Spring Data, the interface takes precedence over the class. */
	private boolean isOwnTransaction(Method method) {
		return !isTransactional(method)
				&& this.repository.getTargetClassMethod(method).getDeclaringClass().getName().startsWith(SPRING_DATA);
	}

	private static boolean isTransactional(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Transactional.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Transactional.class);
	}

	private static boolean isNewTransaction() {
		try {
			return TransactionAspectSupport.currentTransactionStatus().isNewTransaction();
		}
		catch (NoTransactionException ex) {
			// enableDefaultTransactions=false: the transaction is the application's.
			return false;
		}
	}

}
