/**
 * Health of the routed database, and an endpoint that shows and drains replicas.
 */
@NullMarked
package com.foobar.routing.actuate;

import org.jspecify.annotations.NullMarked;
