/**
 * Answers "may what this read-only transaction reads be written back?", for what is
 * written back must have been read on the primary.
 */
@NullMarked
package com.foobar.routing.intent;

import org.jspecify.annotations.NullMarked;
