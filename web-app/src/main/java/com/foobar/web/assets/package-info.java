/**
 * Style sheets, fonts, pictures and scripts: how they are named, and how long they are
 * kept.
 */
@NullMarked
package com.foobar.web.assets;

import org.jspecify.annotations.NullMarked;
