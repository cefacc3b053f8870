/**
 * Notices over HTTP: the REST API and the pages.
 */
@NullMarked
package com.foobar.web.notices.web;

import org.jspecify.annotations.NullMarked;
