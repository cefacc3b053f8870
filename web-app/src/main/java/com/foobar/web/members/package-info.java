/**
 * Members: who has joined, and how their passwords are kept.
 */
@NullMarked
package com.foobar.web.members;

import org.jspecify.annotations.NullMarked;
