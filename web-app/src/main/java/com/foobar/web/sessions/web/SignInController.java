package com.foobar.web.sessions.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.page.Form;
import com.foobar.web.sessions.FailedSignInException;
import com.foobar.web.sessions.Sessions;
import com.foobar.web.sessions.SignIn;
import com.foobar.web.sessions.SignInForm;
import com.foobar.web.sessions.TooManyFailuresException;

/**
 * The pages to sign in and out.
 */
@Controller
class SignInController {

	private final SignIn signIn;

	private final Sessions sessions;

	SignInController(SignIn signIn, Sessions sessions) {
		this.signIn = signIn;
		this.sessions = sessions;
	}

	@GetMapping("/sign-in")
	ModelAndView form(@RequestParam(required = false) @Nullable String next) {
		return page("", next);
	}

	@PostMapping("/sign-in")
	ModelAndView signIn(@Valid @ModelAttribute("form") SignInForm form, BindingResult binding,
			@RequestParam(required = false) @Nullable String next, HttpServletRequest request,
			HttpServletResponse response) {
		ModelAndView page = page(form.email(), next);
		if (binding.hasErrors()) {
			return Form.invalid(page, binding);
		}
		try {
			this.sessions.start(this.signIn.attempt(form, request.getRemoteAddr()), request, response);
			return Form.seeOther(Form.next(next));
		}
		catch (FailedSignInException ex) {
			return Form.again(page, HttpStatus.UNAUTHORIZED, Map.of("password", String.valueOf(ex.getReason())));
		}
		catch (TooManyFailuresException ex) {
			ex.getHeaders().forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
			return Form.again(page, HttpStatus.TOO_MANY_REQUESTS, Map.of("password", String.valueOf(ex.getReason())));
		}
	}

	@PostMapping("/sign-out")
	ModelAndView signOut(HttpServletRequest request, HttpServletResponse response) {
		this.sessions.end(request, response);
		return Form.seeOther("/");
	}

	private static ModelAndView page(@Nullable String email, @Nullable String next) {
		ModelAndView page = new ModelAndView("sessions/web/sign-in");
		page.addObject("email", (email != null) ? email : "");
		page.addObject("next", Form.next(next));
		page.addObject("messages", Map.of());
		return page;
	}

}
