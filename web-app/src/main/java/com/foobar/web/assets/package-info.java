/**
 * Style sheets, fonts, images and scripts: their names and their caching.
 */
@NullMarked
package com.foobar.web.assets;

import org.jspecify.annotations.NullMarked;
