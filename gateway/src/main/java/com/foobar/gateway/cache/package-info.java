/**
 * Responses that backends allow to be shared, kept in memory (RFC 9111).
 */
@NullMarked
package com.foobar.gateway.cache;

import org.jspecify.annotations.NullMarked;
