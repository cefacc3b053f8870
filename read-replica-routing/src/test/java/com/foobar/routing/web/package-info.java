@NullMarked
package com.foobar.routing.web;

import org.jspecify.annotations.NullMarked;
