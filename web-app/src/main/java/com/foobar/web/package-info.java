/**
 * The notice board at www.foobar.com: its settings and its main class.
 */
@NullMarked
package com.foobar.web;

import org.jspecify.annotations.NullMarked;
