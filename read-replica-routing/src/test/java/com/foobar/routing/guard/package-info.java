@NullMarked
package com.foobar.routing.guard;

import org.jspecify.annotations.NullMarked;
