/**
 * Errors as clients see them: problem details, or an HTML page.
 */
@NullMarked
package com.foobar.web.problem;

import org.jspecify.annotations.NullMarked;
