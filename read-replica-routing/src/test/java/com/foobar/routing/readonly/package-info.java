@NullMarked
package com.foobar.routing.readonly;

import org.jspecify.annotations.NullMarked;
