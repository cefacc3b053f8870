/**
 * The API: what an application calls ({@code Causality}, {@code ReplicaControl}), listens
 * to ({@code RoutingListener}, {@code WaitListener}) or reads ({@code Topology}).
 */
@NullMarked
package com.foobar.routing;

import org.jspecify.annotations.NullMarked;
