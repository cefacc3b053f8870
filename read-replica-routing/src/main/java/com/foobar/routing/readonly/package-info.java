/**
 * Interceptors of Connector/J that reject writes in read-only transactions and explain
 * the rejection.
 */
@NullMarked
package com.foobar.routing.readonly;

import org.jspecify.annotations.NullMarked;
