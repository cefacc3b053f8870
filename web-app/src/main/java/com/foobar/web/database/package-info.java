/**
 * How the database is configured, and what is said when it is not.
 */
@NullMarked
package com.foobar.web.database;

import org.jspecify.annotations.NullMarked;
