/**
 * The channel pipelines: codecs, timeouts and the rejection of ambiguous requests.
 */
@NullMarked
package com.foobar.gateway.netty;

import org.jspecify.annotations.NullMarked;
