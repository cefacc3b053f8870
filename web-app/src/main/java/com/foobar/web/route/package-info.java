/**
 * Which instance and which database nodes a request passed through, and how the client is
 * told.
 */
@NullMarked
package com.foobar.web.route;

import org.jspecify.annotations.NullMarked;
