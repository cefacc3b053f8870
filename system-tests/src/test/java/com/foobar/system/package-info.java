/**
 * The running stack, tried from outside over https, in both of its forms.
 */
@NullMarked
package com.foobar.system;

import org.jspecify.annotations.NullMarked;
