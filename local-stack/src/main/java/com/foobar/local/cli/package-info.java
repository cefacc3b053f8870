/**
 * The commands of {@code ./foobar}.
 */
@NullMarked
package com.foobar.local.cli;

import org.jspecify.annotations.NullMarked;
