@NullMarked
package com.foobar.routing.router;

import org.jspecify.annotations.NullMarked;
