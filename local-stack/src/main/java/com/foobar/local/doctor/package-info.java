/**
 * What this machine must have before anything is started, and what is said when it has
 * not.
 */
@NullMarked
package com.foobar.local.doctor;

import org.jspecify.annotations.NullMarked;
