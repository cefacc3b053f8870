/**
 * Readiness of this instance, while it runs and during its shutdown.
 */
@NullMarked
package com.foobar.web.readiness;

import org.jspecify.annotations.NullMarked;
