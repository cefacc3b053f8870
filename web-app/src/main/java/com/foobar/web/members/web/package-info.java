/**
 * Members over HTTP.
 */
@NullMarked
package com.foobar.web.members.web;

import org.jspecify.annotations.NullMarked;
