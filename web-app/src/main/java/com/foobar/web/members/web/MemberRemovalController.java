package com.foobar.web.members.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.MemberService;
import com.foobar.web.page.FlashCookie;
import com.foobar.web.page.Form;

/**
 * The page that removes a member.
 */
@Controller
class MemberRemovalController {

	private final MemberService members;

	MemberRemovalController(MemberService members) {
		this.members = members;
	}

	@GetMapping("/members/{id}/remove")
	ModelAndView confirm(@PathVariable long id) {
		return new ModelAndView("members/web/remove", Map.of("member", this.members.find(id)));
	}

	@PostMapping("/members/{id}/remove")
	ModelAndView remove(@PathVariable long id, HttpServletRequest request, HttpServletResponse response) {
		try {
			this.members.remove(id);
			FlashCookie.write(FlashCookie.Action.REMOVED, id, request, response);
			return Form.seeOther("/");
		}
		catch (RuntimeException ex) {
			return Form.readOnly(confirm(id), ex, response);
		}
	}

}
