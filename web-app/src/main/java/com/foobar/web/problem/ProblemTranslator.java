package com.foobar.web.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Says in a client's words what an exception means. An exception that carries
 * {@link ResponseStatus} was written for this: its message is shown. Of any other, the
 * message stays in the log.
 */
final class ProblemTranslator {

	/** How long a failover or a restart of the database may well take. */
	private static final String RETRY_AFTER_SECONDS = "5";

	private ProblemTranslator() {
	}

	static Problem translate(Throwable failure) {
		ResponseStatus own = annotatedIn(failure);
		if (own != null) {
			return new Problem(own.code(), annotatedMessage(failure), List.of(), annotatedHeaders(failure));
		}
		if (DatabaseOutage.causes(failure)) {
			return databaseOutage();
		}
		if (failure instanceof HttpMessageNotReadableException unreadable) {
			return unreadable(unreadable);
		}
		if (failure instanceof MethodArgumentNotValidException invalid) {
			return invalidBody(invalid);
		}
		if (failure instanceof HandlerMethodValidationException invalid && !invalid.isForReturnValue()) {
			return invalidParameters(invalid);
		}
		if (failure instanceof InvalidParameterException) {
			return new Problem(HttpStatus.BAD_REQUEST,
					"The parameters cannot be read; expected UTF-8, percent-encoded, and no more than a hundred");
		}
		if (failure instanceof TypeMismatchException mismatch) {
			return wrongType(mismatch);
		}
		if (failure instanceof OptimisticLockingFailureException) {
			return new Problem(HttpStatus.CONFLICT,
					"Somebody else changed this at the same moment. Read it again, then repeat the change");
		}
		if (failure instanceof DataIntegrityViolationException) {
			return new Problem(HttpStatus.CONFLICT, "This contradicts what is stored already");
		}
		if (failure instanceof ErrorResponse response) {
			return new Problem(response.getStatusCode(), detail(failure, response.getStatusCode()), List.of(),
					response.getHeaders());
		}
		return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, detail(HttpStatus.INTERNAL_SERVER_ERROR));
	}

	static Problem databaseOutage() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		return new Problem(HttpStatus.SERVICE_UNAVAILABLE,
				"The database cannot do this at the moment. Nothing was confirmed; try again in a few seconds",
				List.of(), headers);
	}

	private static @Nullable ResponseStatus annotatedIn(Throwable failure) {
		Throwable annotated = annotated(failure);
		return (annotated != null)
				? AnnotatedElementUtils.findMergedAnnotation(annotated.getClass(), ResponseStatus.class) : null;
	}

	private static String annotatedMessage(Throwable failure) {
		Throwable annotated = annotated(failure);
		String message = (annotated != null) ? annotated.getMessage() : null;
		return (message != null) ? message : "";
	}

	private static HttpHeaders annotatedHeaders(Throwable failure) {
		HttpHeaders headers = new HttpHeaders();
		if (annotated(failure) instanceof ProblemHeaders own) {
			own.addTo(headers);
		}
		return headers;
	}

	/** A body that is too large is found while it is being parsed, below the parser. */
	private static @Nullable Throwable annotated(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 5; depth++) {
			if (AnnotatedElementUtils.hasAnnotation(cause.getClass(), ResponseStatus.class)
					&& cause.getClass().getName().startsWith("com.foobar.")) {
				return cause;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static Problem unreadable(HttpMessageNotReadableException failure) {
		if (failure.getCause() instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
			String field = mismatch.getPath()
				.stream()
				.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
				.collect(Collectors.joining("."));
			return new Problem(HttpStatus.BAD_REQUEST, "A field of the body has the wrong type",
					List.of(new FieldProblem(field, "must be " + kind(mismatch.getTargetType()))), HttpHeaders.EMPTY);
		}
		if (failure.getCause() instanceof MismatchedInputException) {
			return new Problem(HttpStatus.BAD_REQUEST, "The body must be a JSON object");
		}
		if (failure.getCause() instanceof JacksonException json) {
			boolean twice = json.getOriginalMessage() != null && json.getOriginalMessage().startsWith("Duplicate");
			return new Problem(HttpStatus.BAD_REQUEST,
					(twice ? "The body has a field twice" : "The body is not valid JSON") + ", at line "
							+ json.getLocation().getLineNr() + ", column " + json.getLocation().getColumnNr());
		}
		return new Problem(HttpStatus.BAD_REQUEST, "The body is missing or cannot be read");
	}

	private static Problem invalidBody(MethodArgumentNotValidException failure) {
		List<FieldProblem> errors = failure.getBindingResult()
			.getAllErrors()
			.stream()
			.map((error) -> new FieldProblem(
					(error instanceof FieldError field) ? field.getField() : error.getObjectName(),
					String.valueOf(error.getDefaultMessage())))
			.sorted(Comparator.comparing(FieldProblem::field).thenComparing(FieldProblem::message))
			.toList();
		return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "Some fields are not valid", errors, HttpHeaders.EMPTY);
	}

	private static Problem invalidParameters(HandlerMethodValidationException failure) {
		List<FieldProblem> errors = new ArrayList<>();
		failure.getParameterValidationResults().forEach((result) -> {
			String name = String.valueOf(result.getMethodParameter().getParameterName());
			result.getResolvableErrors()
				.forEach((error) -> errors.add(new FieldProblem(name, String.valueOf(error.getDefaultMessage()))));
		});
		return new Problem(HttpStatus.BAD_REQUEST, "Some parameters are not valid", errors, HttpHeaders.EMPTY);
	}

	private static Problem wrongType(TypeMismatchException failure) {
		String name = String.valueOf(failure.getPropertyName());
		return new Problem(HttpStatus.BAD_REQUEST, "A parameter has the wrong type",
				List.of(new FieldProblem(name,
						isTooLarge(failure) ? "is too large a number" : "must be " + kind(failure.getRequiredType()))),
				HttpHeaders.EMPTY);
	}

	private static boolean isTooLarge(TypeMismatchException failure) {
		return failure.getValue() instanceof String text && text.matches("[+-]?\\d+");
	}

	private static String kind(@Nullable Class<?> type) {
		if (type == null) {
			return "of another type";
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == String.class) {
			return "a text";
		}
		if (boxed == Boolean.class) {
			return "true or false";
		}
		return Number.class.isAssignableFrom(boxed) ? "a whole number" : "of another type";
	}

	private static String detail(Throwable failure, HttpStatusCode status) {
		if (failure instanceof NoResourceFoundException) {
			return detail(HttpStatus.NOT_FOUND);
		}
		if (failure instanceof HttpRequestMethodNotSupportedException method) {
			String[] supported = method.getSupportedMethods();
			return "This address does not take " + method.getMethod() + ((supported != null)
					? "; it takes " + Stream.of(supported).sorted().collect(Collectors.joining(", ")) : "");
		}
		if (failure instanceof HttpMediaTypeNotSupportedException media) {
			return "The body's type is not understood; send " + types(media.getSupportedMediaTypes());
		}
		if (failure instanceof HttpMediaTypeNotAcceptableException media) {
			return "This can be answered as " + types(media.getSupportedMediaTypes());
		}
		if (failure instanceof MissingServletRequestParameterException missing) {
			return "The parameter " + missing.getParameterName() + " is missing";
		}
		return detail(status);
	}

	private static String types(List<MediaType> types) {
		return types.stream()
			.filter((type) -> !type.isWildcardType() && !type.isWildcardSubtype())
			.map(MediaType::toString)
			.distinct()
			.collect(Collectors.joining(", "));
	}

	static String detail(HttpStatusCode status) {
		return switch (status.value()) {
			case 400 -> "The request cannot be understood";
			case 404 -> "There is nothing at this address";
			case 413 -> "The request is too large";
			case 500 -> "Something went wrong on our side, and it was logged";
			case 503 -> "The site cannot answer at the moment; try again in a few seconds";
			default -> "The request was refused";
		};
	}

}
