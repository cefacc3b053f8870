/**
 * Notices: written, changed, deleted, listed and searched.
 */
@NullMarked
package com.foobar.web.notices;

import org.jspecify.annotations.NullMarked;
