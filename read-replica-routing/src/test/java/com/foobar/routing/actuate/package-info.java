@NullMarked
package com.foobar.routing.actuate;

import org.jspecify.annotations.NullMarked;
