/**
 * Tests of the database servers as child processes.
 */
@NullMarked
package com.foobar.local.database;

import org.jspecify.annotations.NullMarked;
