/**
 * Keeps read-only transactions from writing on whichever server they run: what may write
 * is told from the statement's text, and refused by the server.
 */
@NullMarked
package com.foobar.routing.readonly;

import org.jspecify.annotations.NullMarked;
