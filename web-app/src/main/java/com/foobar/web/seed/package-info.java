/**
 * Seeds the database with notices for measurements.
 */
@NullMarked
package com.foobar.web.seed;

import org.jspecify.annotations.NullMarked;
