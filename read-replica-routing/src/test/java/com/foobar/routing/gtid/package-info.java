@NullMarked
package com.foobar.routing.gtid;

import org.jspecify.annotations.NullMarked;
