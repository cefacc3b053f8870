package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.Consistency;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.readonly.ReadOnlyInterceptors;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts {@link PhysicalDataSource} below the application's own pool, after its properties
 * are bound and before it can be started or wrapped. For users of the pool, only the
 * number of statements changes.
 */
class PrimaryPoolPreparer implements BeanPostProcessor, PriorityOrdered {

	private final RoutedDataSource routed;

	private final ObjectProvider<Causality> causality;

	private final NodeFailures failures;

	PrimaryPoolPreparer(RoutedDataSource routed, ObjectProvider<Causality> causality, NodeFailures failures) {
		this.failures = failures;
		this.routed = routed;
		this.causality = causality;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (beanName.equals(this.routed.beanName()) && bean instanceof HikariDataSource pool) {
			prepare(pool, this.causality.getObject(), this.failures);
		}
		return bean;
	}

	/**
	 * Prepare a pool, unless it is prepared already or has started.
	 * @param pool the pool
	 * @param causality receives each commit, unless consistency is eventual
	 * @param failures receives failures of connections
	 */
	static void prepare(HikariDataSource pool, Causality causality, NodeFailures failures) {
		if (!pool.isRunning() && !PhysicalDataSource.isBelow(pool)) {
			ReadOnlyInterceptors.addTo(pool, false);
			PhysicalDataSource.prepare(pool, failures,
					(causality.consistency() != Consistency.EVENTUAL) ? causality::committed : null);
		}
	}

	/**
	 * After the binding of configuration properties, which runs first.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
