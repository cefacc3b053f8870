package com.foobar.web.page;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.problem.DatabaseOutage;

/**
 * The responses to a form: a redirect if it was accepted, otherwise the form again with
 * the input and the errors.
 */
public final class Form {

	private static final Logger logger = LoggerFactory.getLogger(Form.class);

	private Form() {
	}

	/**
	 * Redirect after an accepted form, so that a reload does not send it again.
	 * @param path the path of the next page
	 * @return the response
	 */
	public static ModelAndView seeOther(String path) {
		ModelAndView redirect = new ModelAndView("redirect:" + path);
		redirect.setStatus(HttpStatus.SEE_OTHER);
		return redirect;
	}

	/**
	 * Show a form again.
	 * @param page the form with the input
	 * @param status the status of the response
	 * @param messages the errors by field
	 * @return the response
	 */
	public static ModelAndView again(ModelAndView page, HttpStatus status, Map<String, String> messages) {
		page.addObject("messages", messages);
		page.setStatus(status);
		return page;
	}

	/**
	 * Show a form again because fields are invalid.
	 * @param page the form with the input
	 * @param binding the result of the validation
	 * @return the response
	 */
	public static ModelAndView invalid(ModelAndView page, BindingResult binding) {
		Map<String, String> messages = new LinkedHashMap<>();
		binding.getFieldErrors()
			.stream()
			.sorted(Comparator.comparingInt((error) -> position(binding, error)))
			.forEach((error) -> messages.putIfAbsent(error.getField(), String.valueOf(error.getDefaultMessage())));
		return again(page, HttpStatus.UNPROCESSABLE_CONTENT, messages);
	}

	/** Sorts errors as the fields: the validator returns them in no order. */
	private static int position(BindingResult binding, FieldError error) {
		Object form = binding.getTarget();
		RecordComponent[] fields = (form != null) ? form.getClass().getRecordComponents() : null;
		return (fields != null) ? Arrays.stream(fields).map(RecordComponent::getName).toList().indexOf(error.getField())
				: 0;
	}

	/**
	 * Show a form again because the database accepts no changes.
	 * @param page the form with the input
	 * @param failure the exception of the change
	 * @param response the response, which gets {@code Retry-After}
	 * @return the response
	 * @throws RuntimeException the failure, if it has another cause
	 */
	public static ModelAndView readOnly(ModelAndView page, RuntimeException failure, HttpServletResponse response) {
		if (!DatabaseOutage.causes(failure)) {
			throw failure;
		}
		logger.warn("Could not store a form; its input was shown again: {}", DatabaseOutage.reason(failure));
		response.setHeader(HttpHeaders.RETRY_AFTER, "5");
		page.addObject(PageViewResolver.READ_ONLY, true);
		return again(page, HttpStatus.SERVICE_UNAVAILABLE, Map.of());
	}

	/** The label of a field, for templates. */
	static String label(String field) {
		return switch (field) {
			case "body" -> "Text";
			case "email" -> "E-mail address";
			case "current" -> "Current password";
			default -> StringUtils.capitalize(field);
		};
	}

	/**
	 * Validate the path to return to after the sign-in.
	 * @param next the parameter of the request
	 * @return the path if it is a safe page of this site, otherwise that of the home page
	 */
	public static String next(@Nullable String next) {
		if (next == null || !next.matches("/([A-Za-z0-9][A-Za-z0-9/_-]{0,100})?")
				|| Set.of("/sign-out", "/sign-in", "/join").contains(next)) {
			return "/";
		}
		return next;
	}

}
