/**
 * Joining and signing in and out over HTTP.
 */
@NullMarked
package com.foobar.web.sessions.web;

import org.jspecify.annotations.NullMarked;
