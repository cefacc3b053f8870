@NullMarked
package com.foobar.routing.monitor;

import org.jspecify.annotations.NullMarked;
