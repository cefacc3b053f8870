/**
 * Sets of transactions, by the global identifiers the servers give them.
 */
@NullMarked
package com.foobar.routing.gtid;

import org.jspecify.annotations.NullMarked;
