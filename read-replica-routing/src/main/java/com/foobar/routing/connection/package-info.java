/**
 * Connections as the pools keep them: with as few words to the server as a transaction
 * can do with.
 */
@NullMarked
package com.foobar.routing.connection;

import org.jspecify.annotations.NullMarked;
