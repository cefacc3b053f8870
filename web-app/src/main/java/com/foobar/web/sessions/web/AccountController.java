package com.foobar.web.sessions.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.MemberService;
import com.foobar.web.members.PasswordChange;
import com.foobar.web.members.SignedIn;
import com.foobar.web.members.WrongPasswordException;
import com.foobar.web.page.Form;
import com.foobar.web.sessions.Sessions;

/**
 * The account page, which changes the password.
 */
@Controller
class AccountController {

	private final MemberService members;

	private final Sessions sessions;

	AccountController(MemberService members, Sessions sessions) {
		this.members = members;
		this.sessions = sessions;
	}

	@GetMapping("/account")
	ModelAndView account(@RequestParam(defaultValue = "false") boolean changed) {
		return page().addObject("changed", changed);
	}

	@PostMapping("/account")
	ModelAndView changePassword(@Valid @ModelAttribute("form") PasswordChange form, BindingResult binding,
			@AuthenticationPrincipal SignedIn member, HttpServletRequest request, HttpServletResponse response) {
		if (binding.hasErrors()) {
			return Form.invalid(page(), binding);
		}
		try {
			this.sessions.start(this.members.changePassword(member.id(), form), request, response);
			return Form.seeOther("/account?changed=true");
		}
		catch (WrongPasswordException ex) {
			return Form.again(page(), HttpStatus.UNPROCESSABLE_CONTENT, Map.of("current", "is wrong"));
		}
		catch (RuntimeException ex) {
			return Form.readOnly(page(), ex, response);
		}
	}

	private static ModelAndView page() {
		ModelAndView page = new ModelAndView("sessions/web/account");
		page.addObject("changed", false);
		page.addObject("messages", Map.of());
		return page;
	}

}
