package com.foobar.web.problem;

/**
 * What is wrong with one field or parameter.
 *
 * @param field its name as the client writes it
 * @param message what was expected
 */
record FieldProblem(String field, String message) {

}
