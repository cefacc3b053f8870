@NullMarked
package com.foobar.routing.statement;

import org.jspecify.annotations.NullMarked;
