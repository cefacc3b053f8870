/**
 * Errors as clients see them: problem details for programs, a page for people.
 */
@NullMarked
package com.foobar.web.problem;

import org.jspecify.annotations.NullMarked;
