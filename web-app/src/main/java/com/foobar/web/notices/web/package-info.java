/**
 * Notices over HTTP: the REST API and the home page.
 */
@NullMarked
package com.foobar.web.notices.web;

import org.jspecify.annotations.NullMarked;
