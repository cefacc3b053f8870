/**
 * How the database is configured and read, and what is said when it is not configured.
 */
@NullMarked
package com.foobar.web.database;

import org.jspecify.annotations.NullMarked;
