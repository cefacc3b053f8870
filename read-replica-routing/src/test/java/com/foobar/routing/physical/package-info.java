@NullMarked
package com.foobar.routing.physical;

import org.jspecify.annotations.NullMarked;
