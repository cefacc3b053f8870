/**
 * The local certificate authority, the certificates and the passwords, one directory per
 * consumer; made once, kept, and renewed when their time comes.
 */
@NullMarked
package com.foobar.local.secrets;

import org.jspecify.annotations.NullMarked;
