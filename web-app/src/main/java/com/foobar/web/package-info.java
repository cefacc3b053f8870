/**
 * The notice board at www.foobar.com: one instance of it, its settings and its start.
 */
@NullMarked
package com.foobar.web;

import org.jspecify.annotations.NullMarked;
