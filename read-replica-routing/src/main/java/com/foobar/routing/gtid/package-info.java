/**
 * Sets of transactions, named by their global transaction identifiers (GTIDs).
 */
@NullMarked
package com.foobar.routing.gtid;

import org.jspecify.annotations.NullMarked;
