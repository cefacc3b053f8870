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
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Maps an exception to a status and a text for the client. A
 * {@link ResponseStatusException} has both. The message of any other exception is only
 * logged.
 */
final class Problems {

	/** The property of problem details that lists the invalid fields. */
	static final String ERRORS = "errors";

	/** A failover or a restart of the database takes about this long. */
	private static final String RETRY_AFTER_SECONDS = "5";

	private static final int MAX_DEPTH = 5;

	private Problems() {
	}

	static ErrorResponse of(Throwable failure) {
		// A ResponseStatusException of Spring's own, so it comes first.
		if (failure instanceof HandlerMethodValidationException invalid && !invalid.isForReturnValue()) {
			return invalidParameters(invalid);
		}
		ResponseStatusException written = responseStatus(failure);
		if (written != null) {
			return written;
		}
		if (DatabaseOutage.causes(failure)) {
			return ErrorResponse
				.builder(failure, HttpStatus.SERVICE_UNAVAILABLE,
						"The database is unavailable and nothing was confirmed; try again in a few seconds")
				.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
				.build();
		}
		if (failure instanceof HttpMessageNotReadableException unreadable) {
			return unreadable(unreadable);
		}
		if (failure instanceof MethodArgumentNotValidException invalid) {
			return invalidBody(invalid);
		}
		if (failure instanceof InvalidParameterException) {
			return error(failure, HttpStatus.BAD_REQUEST,
					"The parameters cannot be read; expected UTF-8, percent-encoded, and at most 100 parameters");
		}
		if (failure instanceof TypeMismatchException mismatch) {
			return wrongType(mismatch);
		}
		if (failure instanceof OptimisticLockingFailureException) {
			return error(failure, HttpStatus.CONFLICT,
					"Another request changed this at the same time; read it again, then repeat the change");
		}
		if (failure instanceof DataIntegrityViolationException) {
			return error(failure, HttpStatus.CONFLICT, "The request conflicts with stored data");
		}
		if (failure instanceof ErrorResponse response) {
			return ErrorResponse.builder(failure, response.getStatusCode(), detail(failure, response.getStatusCode()))
				.headers((headers) -> headers.putAll(response.getHeaders()))
				.build();
		}
		return error(failure, HttpStatus.INTERNAL_SERVER_ERROR, detail(HttpStatus.INTERNAL_SERVER_ERROR));
	}

	/** A body that is too large is found below the JSON parser, which wraps the error. */
	private static @Nullable ResponseStatusException responseStatus(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof ResponseStatusException written) {
				return written;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static ErrorResponse error(Throwable failure, HttpStatus status, String detail, InvalidField... errors) {
		ErrorResponse.Builder error = ErrorResponse.builder(failure, status, detail);
		return (errors.length > 0) ? error.property(ERRORS, List.of(errors)).build() : error.build();
	}

	private static ErrorResponse unreadable(HttpMessageNotReadableException failure) {
		if (failure.getCause() instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
			String field = mismatch.getPath()
				.stream()
				.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
				.collect(Collectors.joining("."));
			return error(failure, HttpStatus.BAD_REQUEST, "A field of the body has the wrong type",
					new InvalidField(field, "must be " + kind(mismatch.getTargetType())));
		}
		if (failure.getCause() instanceof MismatchedInputException) {
			return error(failure, HttpStatus.BAD_REQUEST, "The body must be a JSON object");
		}
		if (failure.getCause() instanceof JacksonException json) {
			boolean twice = json.getOriginalMessage() != null && json.getOriginalMessage().startsWith("Duplicate");
			return error(failure, HttpStatus.BAD_REQUEST,
					(twice ? "The body has a field twice" : "The body is not valid JSON") + ", at line "
							+ json.getLocation().getLineNr() + ", column " + json.getLocation().getColumnNr());
		}
		return error(failure, HttpStatus.BAD_REQUEST, "The body is missing or cannot be read");
	}

	private static ErrorResponse invalidBody(MethodArgumentNotValidException failure) {
		return error(failure, HttpStatus.UNPROCESSABLE_CONTENT, "Some fields are invalid",
				failure.getBindingResult()
					.getAllErrors()
					.stream()
					.map((error) -> new InvalidField(
							(error instanceof FieldError field) ? field.getField() : error.getObjectName(),
							String.valueOf(error.getDefaultMessage())))
					.sorted(Comparator.comparing(InvalidField::field).thenComparing(InvalidField::message))
					.toArray(InvalidField[]::new));
	}

	private static ErrorResponse invalidParameters(HandlerMethodValidationException failure) {
		List<InvalidField> errors = new ArrayList<>();
		failure.getParameterValidationResults().forEach((result) -> {
			String name = String.valueOf(result.getMethodParameter().getParameterName());
			result.getResolvableErrors()
				.forEach((error) -> errors.add(new InvalidField(name, String.valueOf(error.getDefaultMessage()))));
		});
		return error(failure, HttpStatus.BAD_REQUEST, "Some parameters are invalid",
				errors.toArray(InvalidField[]::new));
	}

	private static ErrorResponse wrongType(TypeMismatchException failure) {
		boolean tooLarge = failure.getValue() instanceof String text && text.matches("[+-]?\\d+");
		return error(failure, HttpStatus.BAD_REQUEST, "A parameter has the wrong type",
				new InvalidField(String.valueOf(failure.getPropertyName()),
						tooLarge ? "is too large" : "must be " + kind(failure.getRequiredType())));
	}

	private static String kind(@Nullable Class<?> type) {
		if (type == null) {
			return "of another type";
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == String.class) {
			return "a string";
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
			return method.getMethod() + " is not supported here" + ((supported != null)
					? "; expected " + Stream.of(supported).sorted().collect(Collectors.joining(", ")) : "");
		}
		if (failure instanceof HttpMediaTypeNotSupportedException media) {
			return "The content type of the body is not supported; expected " + types(media.getSupportedMediaTypes());
		}
		if (failure instanceof HttpMediaTypeNotAcceptableException media) {
			return "No acceptable representation; available: " + types(media.getSupportedMediaTypes());
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
			case 400 -> "The request is malformed";
			case 404 -> "There is nothing at this address";
			case 413 -> "The request is too large";
			case 500 -> "An internal error occurred and was logged";
			case 503 -> "The site is unavailable; try again in a few seconds";
			default -> "The request was rejected";
		};
	}

}
