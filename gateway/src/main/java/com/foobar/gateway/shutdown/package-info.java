/**
 * A graceful shutdown: connections are announced to end, and then closed.
 */
@NullMarked
package com.foobar.gateway.shutdown;

import org.jspecify.annotations.NullMarked;
