/**
 * Whether this instance should be sent requests, while it runs and while it stops.
 */
@NullMarked
package com.foobar.web.readiness;

import org.jspecify.annotations.NullMarked;
