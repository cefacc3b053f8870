/**
 * That the library works below what applications use above it, tried on real servers.
 */
@org.jspecify.annotations.NullMarked
package com.foobar.routing.compat;
