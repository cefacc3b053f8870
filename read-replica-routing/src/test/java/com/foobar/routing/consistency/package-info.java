@NullMarked
package com.foobar.routing.consistency;

import org.jspecify.annotations.NullMarked;
