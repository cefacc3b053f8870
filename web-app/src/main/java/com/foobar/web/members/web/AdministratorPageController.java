package com.foobar.web.members.web;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.AdministratorService;
import com.foobar.web.members.AdministratorView;
import com.foobar.web.members.SignedIn;
import com.foobar.web.page.Form;
import com.foobar.web.problem.DatabaseOutage;

/**
 * The page of the administrators: who they are, and who becomes or ceases to be one.
 */
@Controller
class AdministratorPageController {

	private static final String PATH = "/administrators";

	private final AdministratorService administrators;

	AdministratorPageController(AdministratorService administrators) {
		this.administrators = administrators;
	}

	@GetMapping(PATH)
	ModelAndView list(@RequestParam(defaultValue = "") String done) {
		return page(this.administrators.list(), "").addObject("done", done);
	}

	@PostMapping(PATH)
	ModelAndView make(@Valid @ModelAttribute("form") AdministratorForm form, BindingResult binding,
			@AuthenticationPrincipal SignedIn by, HttpServletResponse response) {
		String email = (form.email() != null) ? form.email().strip() : "";
		if (binding.hasErrors()) {
			return Form.invalid(page(current(), email), binding);
		}
		try {
			return this.administrators.make(email, by) ? Form.seeOther(PATH + "?done=made") : Form.again(
					page(current(), email), HttpStatus.UNPROCESSABLE_CONTENT, Map.of("email", "belongs to no member"));
		}
		catch (RuntimeException ex) {
			return Form.paused(page(current(), email), ex, response);
		}
	}

	@PostMapping(PATH + "/{id}/take")
	ModelAndView take(@PathVariable long id, @AuthenticationPrincipal SignedIn by, HttpServletResponse response) {
		try {
			this.administrators.take(id, by);
			return Form.seeOther(PATH + "?done=taken");
		}
		catch (RuntimeException ex) {
			return Form.paused(page(current(), ""), ex, response);
		}
	}

	/** The form comes back even if nothing can be read. */
	private List<AdministratorView> current() {
		try {
			return this.administrators.list();
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			return List.of();
		}
	}

	private static ModelAndView page(List<AdministratorView> administrators, @Nullable String email) {
		ModelAndView page = new ModelAndView("members/administrators");
		page.addObject("administrators", administrators);
		page.addObject("email", email);
		page.addObject("done", "");
		page.addObject("messages", Map.of());
		return page;
	}

}
