package com.foobar.web.members.web;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
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
 * The page that lists administrators, and grants and revokes administration.
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
	ModelAndView grant(@Valid @ModelAttribute("form") AdministratorForm form, BindingResult binding,
			@AuthenticationPrincipal SignedIn by, HttpServletResponse response) {
		String email = (form.email() != null) ? form.email().strip() : "";
		if (binding.hasErrors()) {
			return Form.invalid(page(current(), email), binding);
		}
		try {
			return this.administrators.grant(email, by) ? Form.seeOther(PATH + "?done=granted") : Form.again(
					page(current(), email), HttpStatus.UNPROCESSABLE_CONTENT, Map.of("email", "belongs to no member"));
		}
		catch (RuntimeException ex) {
			return Form.readOnly(page(current(), email), ex, response);
		}
	}

	@PostMapping(PATH + "/{id}/revoke")
	ModelAndView revoke(@PathVariable long id, @AuthenticationPrincipal SignedIn by, HttpServletResponse response) {
		try {
			this.administrators.revoke(id, by);
			return Form.seeOther(PATH + "?done=revoked");
		}
		catch (RuntimeException ex) {
			return Form.readOnly(page(current(), ""), ex, response);
		}
	}

	/** The form is shown again even if the list cannot be read. */
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

	/**
	 * The form that adds an administrator.
	 *
	 * @param email the address that the member joined with
	 */
	record AdministratorForm(@NotBlank(message = "must not be empty") @Size(max = 254,
			message = "must have at most {max} characters") @Nullable String email) {

	}

	private static ModelAndView page(List<AdministratorView> administrators, @Nullable String email) {
		ModelAndView page = new ModelAndView("members/web/administrators");
		page.addObject("administrators", administrators);
		page.addObject("email", email);
		page.addObject("done", "");
		page.addObject("messages", Map.of());
		return page;
	}

}
