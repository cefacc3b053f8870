@NullMarked
package com.foobar.routing.url;

import org.jspecify.annotations.NullMarked;
