/**
 * Tests of the certificates and passwords.
 */
@NullMarked
package com.foobar.local.secrets;

import org.jspecify.annotations.NullMarked;
