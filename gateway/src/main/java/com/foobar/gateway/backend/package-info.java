/**
 * The backends: how they are discovered, the state of each, and the databases they
 * report.
 */
@NullMarked
package com.foobar.gateway.backend;

import org.jspecify.annotations.NullMarked;
