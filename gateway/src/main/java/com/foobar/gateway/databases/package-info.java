/**
 * What lies behind the backends: their databases, as they report them.
 */
@NullMarked
package com.foobar.gateway.databases;

import org.jspecify.annotations.NullMarked;
