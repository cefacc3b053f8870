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
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.problem.DatabaseOutage;

/**
 * How forms are answered: with a redirect where they were accepted, otherwise with
 * themselves, what was written in them, and what is wrong.
 */
public final class Form {

	private static final Logger logger = LoggerFactory.getLogger(Form.class);

	private Form() {
	}

	/**
	 * Answer an accepted form: the browser gets another page, and a reload sends nothing
	 * again.
	 * @param path where to go
	 * @return the answer
	 */
	public static ModelAndView seeOther(String path) {
		ModelAndView redirect = new ModelAndView("redirect:" + path);
		redirect.setStatus(HttpStatus.SEE_OTHER);
		return redirect;
	}

	/**
	 * Show a form again.
	 * @param page the form with what was written
	 * @param status why it was not accepted
	 * @param messages by field, what is wrong
	 * @return the answer
	 */
	public static ModelAndView again(ModelAndView page, HttpStatus status, Map<String, String> messages) {
		page.addObject("messages", messages);
		page.setStatus(status);
		return page;
	}

	/**
	 * Show a form again because of what is in its fields.
	 * @param page the form with what was written
	 * @param binding what was found
	 * @return the answer
	 */
	public static ModelAndView invalid(ModelAndView page, BindingResult binding) {
		Map<String, String> messages = new LinkedHashMap<>();
		binding.getFieldErrors()
			.stream()
			.sorted(Comparator.comparingInt((error) -> position(binding, error)))
			.forEach((error) -> messages.putIfAbsent(error.getField(), String.valueOf(error.getDefaultMessage())));
		return again(page, HttpStatus.UNPROCESSABLE_CONTENT, messages);
	}

	/** As the form has its fields: they are checked in no order. */
	private static int position(BindingResult binding, FieldError error) {
		Object form = binding.getTarget();
		RecordComponent[] fields = (form != null) ? form.getClass().getRecordComponents() : null;
		return (fields != null) ? Arrays.stream(fields).map(RecordComponent::getName).toList().indexOf(error.getField())
				: 0;
	}

	/**
	 * Show a form again because the database takes no changes.
	 * @param page the form with what was written
	 * @param failure what was caught
	 * @param response the answer, which says when to try again
	 * @return the answer
	 * @throws RuntimeException the failure, if it means something else
	 */
	public static ModelAndView paused(ModelAndView page, RuntimeException failure, HttpServletResponse response) {
		if (!DatabaseOutage.causes(failure)) {
			throw failure;
		}
		logger.warn("A form could not be stored; its text was given back: {}", DatabaseOutage.reason(failure));
		response.setHeader(HttpHeaders.RETRY_AFTER, "5");
		page.addObject("paused", true);
		return again(page, HttpStatus.SERVICE_UNAVAILABLE, Map.of());
	}

	/**
	 * Find the page of this site that somebody came from.
	 * @param next what the address says
	 * @return it, if it is a page of this site that is safe to go to, otherwise the first
	 * one
	 */
	public static String next(@Nullable String next) {
		if (next == null || !next.matches("/([A-Za-z0-9][A-Za-z0-9/_-]{0,100})?")
				|| Set.of("/sign-out", "/sign-in", "/join").contains(next)) {
			return "/";
		}
		return next;
	}

}
