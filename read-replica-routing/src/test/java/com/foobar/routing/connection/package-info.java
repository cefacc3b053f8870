@NullMarked
package com.foobar.routing.connection;

import org.jspecify.annotations.NullMarked;
