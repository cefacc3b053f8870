/**
 * The database: its configuration, read-only transactions, and their retries.
 */
@NullMarked
package com.foobar.web.database;

import org.jspecify.annotations.NullMarked;
