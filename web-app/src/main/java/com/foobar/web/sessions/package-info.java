/**
 * Sign-ins: signed tokens in a cookie that every instance accepts, and limits of
 * failures.
 */
@NullMarked
package com.foobar.web.sessions;

import org.jspecify.annotations.NullMarked;
