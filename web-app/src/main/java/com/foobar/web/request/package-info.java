/**
 * What every request goes through before a controller: its id, its size, where it came
 * from.
 */
@NullMarked
package com.foobar.web.request;

import org.jspecify.annotations.NullMarked;
