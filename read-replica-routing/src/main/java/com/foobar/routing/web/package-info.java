/**
 * Carries what a client has written from one request to the next.
 */
@NullMarked
package com.foobar.routing.web;

import org.jspecify.annotations.NullMarked;
