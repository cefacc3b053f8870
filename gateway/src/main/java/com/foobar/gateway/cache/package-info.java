/**
 * A shared cache in memory for responses that allow it (RFC 9111).
 */
@NullMarked
package com.foobar.gateway.cache;

import org.jspecify.annotations.NullMarked;
