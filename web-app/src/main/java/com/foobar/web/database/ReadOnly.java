package com.foobar.web.database;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads in a transaction of its own: on a replica, or wherever reads go at the moment. If
 * the server goes away under it, the whole is read again on another one; a method that
 * writes must not carry this.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Transactional(readOnly = true)
@Retryable(predicate = ConnectionLost.class, maxRetries = 2, delay = 10)
public @interface ReadOnly {

}
