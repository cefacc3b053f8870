/**
 * Members and their passwords.
 */
@NullMarked
package com.foobar.web.members;

import org.jspecify.annotations.NullMarked;
