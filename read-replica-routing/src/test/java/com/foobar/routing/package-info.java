@NullMarked
package com.foobar.routing;

import org.jspecify.annotations.NullMarked;
