/**
 * What a setting must look like, and what is said when it does not.
 */
@NullMarked
package com.foobar.gateway.settings;

import org.jspecify.annotations.NullMarked;
