/**
 * Notices: posting, changing, deleting, listing and searching them.
 */
@NullMarked
package com.foobar.web.notices;

import org.jspecify.annotations.NullMarked;
