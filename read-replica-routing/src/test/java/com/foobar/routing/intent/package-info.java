@NullMarked
package com.foobar.routing.intent;

import org.jspecify.annotations.NullMarked;
