/**
 * Tests of the checks of a machine.
 */
@NullMarked
package com.foobar.local.doctor;

import org.jspecify.annotations.NullMarked;
