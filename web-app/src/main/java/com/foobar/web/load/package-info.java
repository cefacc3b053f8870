/**
 * Fills the board for measurements.
 */
@NullMarked
package com.foobar.web.load;

import org.jspecify.annotations.NullMarked;
