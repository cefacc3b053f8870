/**
 * The local certificate authority, the certificates and the passwords, one directory per
 * consumer; created once, kept, and renewed before they expire.
 */
@NullMarked
package com.foobar.local.secrets;

import org.jspecify.annotations.NullMarked;
