package com.foobar.web.database;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs a method in a read-only transaction, which is routed to a replica. If the
 * connection is lost, the whole method runs again on another server, so it must not
 * write.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Transactional(readOnly = true)
@Retryable(predicate = ConnectionLost.class, maxRetries = 2, delay = 10)
public @interface ReadOnly {

}
