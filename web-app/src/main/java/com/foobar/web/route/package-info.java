/**
 * The instance and the database nodes that served a request, in the response.
 */
@NullMarked
package com.foobar.web.route;

import org.jspecify.annotations.NullMarked;
