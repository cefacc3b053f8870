/**
 * Sign-ins: signed tokens in a cookie that every instance understands, and how many
 * failures are suffered.
 */
@NullMarked
package com.foobar.web.sessions;

import org.jspecify.annotations.NullMarked;
