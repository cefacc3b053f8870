package com.foobar.web.notices.web;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.MemberService;
import com.foobar.web.members.MemberView;
import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.NoticeService;

/**
 * A member's page: the name and the notices.
 */
@Controller
class AuthorController {

	private static final int PAGE_SIZE = 20;

	private final MemberService members;

	private final NoticeService notices;

	AuthorController(MemberService members, NoticeService notices) {
		this.members = members;
		this.notices = notices;
	}

	@GetMapping("/members/{id}")
	ModelAndView author(@PathVariable long id,
			@RequestParam(defaultValue = "0") @Min(value = 0, message = "must be {value} or more") @Max(
					value = NoticeController.MAX_PAGE, message = "must be at most {value}") int page,
			@AuthenticationPrincipal @Nullable SignedIn member) {
		ModelAndView author = new ModelAndView("notices/web/author");
		author.addObject("author", ShownAuthor.of(this.members.find(id)));
		author.addObject("board", BoardPage.of(this.notices.browseBy(id, page, PAGE_SIZE), null, null, member));
		return author;
	}

	/**
	 * A member as pages show it. Immutable.
	 *
	 * @param id the member's id
	 * @param name the member's name
	 * @param since the month in which the member joined
	 */
	record ShownAuthor(long id, String name, String since) {

		private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH)
			.withZone(ZoneOffset.UTC);

		static ShownAuthor of(MemberView member) {
			return new ShownAuthor(member.id(), member.name(), MONTH.format(member.createdAt()));
		}

	}

}
