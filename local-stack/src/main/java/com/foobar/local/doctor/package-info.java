/**
 * The checks of this machine before anything is started, and their findings.
 */
@NullMarked
package com.foobar.local.doctor;

import org.jspecify.annotations.NullMarked;
