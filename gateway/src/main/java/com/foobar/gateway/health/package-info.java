/**
 * Health of the backends: active checks of their readiness and outlier detection.
 */
@NullMarked
package com.foobar.gateway.health;

import org.jspecify.annotations.NullMarked;
