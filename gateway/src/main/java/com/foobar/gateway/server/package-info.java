/**
 * The site's ports: the first steps of a request, and redirects from HTTP to HTTPS.
 */
@NullMarked
package com.foobar.gateway.server;

import org.jspecify.annotations.NullMarked;
