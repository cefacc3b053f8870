/**
 * Carries causality tokens from one HTTP request to the next.
 */
@NullMarked
package com.foobar.routing.web;

import org.jspecify.annotations.NullMarked;
