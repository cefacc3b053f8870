@NullMarked
package com.foobar.routing.autoconfigure;

import org.jspecify.annotations.NullMarked;
