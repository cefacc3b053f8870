package com.foobar.web.notices.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.notices.NoticeService;
import com.foobar.web.notices.NoticeSort;
import com.foobar.web.notices.NoticeView;
import com.foobar.web.page.FlashCookie;
import com.foobar.web.page.Form;
import com.foobar.web.problem.DatabaseOutage;

/**
 * The home page: the notices, a search, and the form that posts one.
 */
@Controller
class BoardController {

	private static final int PAGE_SIZE = 20;

	private static final NoticeDraft EMPTY = new NoticeDraft("", "");

	private final NoticeService notices;

	BoardController(NoticeService notices) {
		this.notices = notices;
	}

	@GetMapping("/")
	ModelAndView board(
			@RequestParam(required = false) @Size(max = NoticeController.MAX_QUERY,
					message = "must have at most {max} characters") @Nullable String q,
			@RequestParam(defaultValue = "0") @Min(value = 0, message = "must be {value} or more") @Max(
					value = NoticeController.MAX_PAGE, message = "must be at most {value}") int page,
			@RequestParam(required = false) @Nullable String sort, @AuthenticationPrincipal @Nullable SignedIn member,
			HttpServletRequest request, HttpServletResponse response) {
		NoticeSort order = NoticeSort.parse(sort);
		BoardPage board = BoardPage.of(this.notices.browse(q, page, PAGE_SIZE, order), q,
				(order != NoticeSort.NEWEST) ? order.key() : null, member);
		return page(board, EMPTY).addObject("flash", FlashCookie.take(request, response));
	}

	@PostMapping("/notices")
	ModelAndView post(@Valid @ModelAttribute("draft") NoticeDraft draft, BindingResult binding,
			@AuthenticationPrincipal @Nullable SignedIn member, HttpServletRequest request,
			HttpServletResponse response) {
		if (member == null) {
			return Form.again(page(currentBoard(null), draft), HttpStatus.UNAUTHORIZED, Map.of());
		}
		if (binding.hasErrors()) {
			return Form.invalid(page(currentBoard(member), draft), binding);
		}
		try {
			NoticeView notice = this.notices.post(draft, member);
			FlashCookie.write(FlashCookie.Action.POSTED, notice.id(), request, response);
			return Form.seeOther("/");
		}
		catch (RuntimeException ex) {
			return Form.readOnly(page(currentBoard(member), draft), ex, response);
		}
	}

	/** The form is shown again even if the notices cannot be read. */
	private BoardPage currentBoard(@Nullable SignedIn member) {
		try {
			return BoardPage.of(this.notices.browse(null, 0, PAGE_SIZE, NoticeSort.NEWEST), null, null, member);
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			return BoardPage.UNREADABLE;
		}
	}

	private static ModelAndView page(BoardPage board, NoticeDraft draft) {
		ModelAndView page = new ModelAndView("notices/web/board");
		page.addObject("board", board);
		page.addObject("draft", draft);
		page.addObject("messages", Map.of());
		return page;
	}

}
