/**
 * The whole stack on one machine without Docker: gateway, two web-apps, a primary and its
 * replica as child processes.
 */
@NullMarked
package com.foobar.local;

import org.jspecify.annotations.NullMarked;
