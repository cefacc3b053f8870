/**
 * What all pages have in common: how they are cached, and whether writing is paused.
 */
@NullMarked
package com.foobar.web.page;

import org.jspecify.annotations.NullMarked;
