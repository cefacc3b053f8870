/**
 * Tracks the GTIDs that each unit of work depends on, and waits until a replica has them.
 */
@NullMarked
package com.foobar.routing.consistency;

import org.jspecify.annotations.NullMarked;
