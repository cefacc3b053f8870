/**
 * Chooses the node for an intent from a snapshot alone: no I/O, no waiting.
 */
@NullMarked
package com.foobar.routing.router;

import org.jspecify.annotations.NullMarked;
