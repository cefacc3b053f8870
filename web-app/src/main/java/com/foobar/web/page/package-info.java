/**
 * What all pages share: forms, confirmations, caching headers, read-only mode.
 */
@NullMarked
package com.foobar.web.page;

import org.jspecify.annotations.NullMarked;
