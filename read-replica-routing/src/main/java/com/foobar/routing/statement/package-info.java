/**
 * Statements and result sets that lead back to the connection that the application holds.
 */
@NullMarked
package com.foobar.routing.statement;

import org.jspecify.annotations.NullMarked;
