/**
 * The documentation of the REST API: an OpenAPI document, and a page to try it.
 */
@NullMarked
package com.foobar.web.api;

import org.jspecify.annotations.NullMarked;
