package com.foobar.web.sessions.web;

import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.EmailTakenException;
import com.foobar.web.members.MemberService;
import com.foobar.web.members.NewMember;
import com.foobar.web.members.SignedIn;
import com.foobar.web.page.Form;
import com.foobar.web.sessions.Sessions;

/**
 * The page to join, which also signs the new member in.
 */
@Controller
class JoinController {

	private final MemberService members;

	private final Sessions sessions;

	JoinController(MemberService members, Sessions sessions) {
		this.members = members;
		this.sessions = sessions;
	}

	@GetMapping("/join")
	ModelAndView form() {
		return page(new NewMember("", "", ""));
	}

	@PostMapping("/join")
	ModelAndView join(@Valid @ModelAttribute("form") NewMember form, BindingResult binding, HttpServletRequest request,
			HttpServletResponse response) {
		if (binding.hasErrors()) {
			return Form.invalid(page(form), binding);
		}
		try {
			long id = this.members.join(form).id();
			// A new member is not an administrator and has the first version.
			this.sessions.start(new SignedIn(id, Objects.requireNonNull(form.name()), false, 0), request, response);
			return Form.seeOther("/");
		}
		catch (EmailTakenException ex) {
			return Form.again(page(form), HttpStatus.CONFLICT, Map.of("email", "belongs to another member"));
		}
		catch (RuntimeException ex) {
			return Form.readOnly(page(form), ex, response);
		}
	}

	private static ModelAndView page(NewMember form) {
		ModelAndView page = new ModelAndView("sessions/web/join");
		page.addObject("name", (form.name() != null) ? form.name() : "");
		page.addObject("email", (form.email() != null) ? form.email() : "");
		page.addObject("messages", Map.of());
		return page;
	}

}
