package com.foobar.web.notices.web;

import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.OptimisticLockingFailureException;
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

import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.ExpectedVersion;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.notices.NoticeService;
import com.foobar.web.notices.VersionMismatchException;
import com.foobar.web.page.FlashCookie;
import com.foobar.web.page.Form;

/**
 * The pages that show, edit and delete a notice.
 */
@Controller
class NoticePageController {

	private final NoticeService notices;

	NoticePageController(NoticeService notices) {
		this.notices = notices;
	}

	@GetMapping("/notices/{id}")
	ModelAndView notice(@PathVariable long id, @AuthenticationPrincipal @Nullable SignedIn member,
			HttpServletRequest request, HttpServletResponse response) {
		ModelAndView page = new ModelAndView("notices/web/notice");
		page.addObject("notice", ShownNotice.of(this.notices.find(id), member));
		page.addObject("flash", FlashCookie.take(request, response));
		return page;
	}

	@GetMapping("/notices/{id}/edit")
	ModelAndView edit(@PathVariable long id, @AuthenticationPrincipal SignedIn member) {
		ShownNotice notice = ShownNotice.of(this.notices.findToChange(id, member), member);
		return form(id, new NoticeDraft(notice.title(), notice.body()), notice.version());
	}

	@PostMapping("/notices/{id}/edit")
	ModelAndView change(@PathVariable long id, @RequestParam int version,
			@Valid @ModelAttribute("draft") NoticeDraft draft, BindingResult binding,
			@AuthenticationPrincipal @Nullable SignedIn member, HttpServletRequest request,
			HttpServletResponse response) {
		ModelAndView form = form(id, draft, version);
		if (member == null) {
			return Form.again(form, HttpStatus.UNAUTHORIZED, Map.of());
		}
		if (binding.hasErrors()) {
			return Form.invalid(form, binding);
		}
		try {
			this.notices.change(id, draft, ExpectedVersion.oneOf(Set.of(version)), member);
			FlashCookie.write(FlashCookie.Action.CHANGED, id, request, response);
			return Form.seeOther("/notices/" + id);
		}
		catch (VersionMismatchException | OptimisticLockingFailureException ex) {
			return conflict(id, draft, member);
		}
		catch (RuntimeException ex) {
			return Form.readOnly(form, ex, response);
		}
	}

	/**
	 * Shows both texts. The form now refers to the version that is shown beside it.
	 */
	private ModelAndView conflict(long id, NoticeDraft draft, SignedIn member) {
		ShownNotice current = ShownNotice.of(this.notices.findNewest(id), member);
		return Form.again(form(id, draft, current.version()).addObject("current", current), HttpStatus.CONFLICT,
				Map.of());
	}

	@GetMapping("/notices/{id}/delete")
	ModelAndView confirmDeletion(@PathVariable long id, @AuthenticationPrincipal SignedIn member) {
		return deletion(ShownNotice.of(this.notices.findToChange(id, member), member));
	}

	@PostMapping("/notices/{id}/delete")
	ModelAndView delete(@PathVariable long id, @RequestParam int version, @AuthenticationPrincipal SignedIn member,
			HttpServletRequest request, HttpServletResponse response) {
		try {
			this.notices.delete(id, ExpectedVersion.oneOf(Set.of(version)), member);
			FlashCookie.write(FlashCookie.Action.DELETED, id, request, response);
			return Form.seeOther("/");
		}
		catch (VersionMismatchException | OptimisticLockingFailureException ex) {
			return Form.again(deletion(ShownNotice.of(this.notices.findNewest(id), member)).addObject("changed", true),
					HttpStatus.CONFLICT, Map.of());
		}
		catch (RuntimeException ex) {
			return Form.readOnly(deletion(ShownNotice.of(this.notices.find(id), member)), ex, response);
		}
	}

	private static ModelAndView form(long id, NoticeDraft draft, int version) {
		ModelAndView page = new ModelAndView("notices/web/edit");
		page.addObject("id", id);
		page.addObject("draft", draft);
		page.addObject("version", version);
		page.addObject("messages", Map.of());
		return page;
	}

	private static ModelAndView deletion(ShownNotice notice) {
		return new ModelAndView("notices/web/delete", "notice", notice);
	}

}
