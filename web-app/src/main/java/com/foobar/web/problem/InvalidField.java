package com.foobar.web.problem;

/**
 * An invalid field or parameter.
 *
 * @param field its name in the request
 * @param message what was expected
 */
public record InvalidField(String field, String message) {

}
