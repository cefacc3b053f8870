package com.foobar.web.notices.web;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.routing.Topology;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeService;
import com.foobar.web.notices.NoticeSort;
import com.foobar.web.notices.NoticeView;
import com.foobar.web.problem.DatabaseOutage;
import com.foobar.web.route.Route;

/**
 * The home page: the notices, a search, and the form that posts one.
 */
@Controller
class HomeController {

	private static final Logger logger = LoggerFactory.getLogger(HomeController.class);

	private static final int PAGE_SIZE = 20;

	private static final NoticeDraft EMPTY = new NoticeDraft("", "");

	private final NoticeService notices;

	private final ObjectProvider<Topology> topology;

	HomeController(NoticeService notices, ObjectProvider<Topology> topology) {
		this.notices = notices;
		this.topology = topology;
	}

	@GetMapping("/")
	ModelAndView home(
			@RequestParam(required = false) @Size(max = Paging.MAX_QUERY,
					message = "must have at most {max} characters") @Nullable String q,
			@RequestParam(defaultValue = "0") @Min(value = 0, message = "must be {value} or more") @Max(
					value = Paging.MAX_PAGE, message = "must be at most {value}") int page,
			HttpServletRequest request, HttpServletResponse response) {
		NoticePage list = this.notices.list(q, page, PAGE_SIZE, NoticeSort.NEWEST);
		PostedCookie.Posted posted = PostedCookie.read(request);
		if (PostedCookie.isPresent(request)) {
			response.addHeader(HttpHeaders.SET_COOKIE, PostedCookie.remove(request.isSecure()).toString());
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
		return page(HomePage.of(list, q, posted), EMPTY, Map.of(), isWritingPaused());
	}

	@PostMapping("/")
	ModelAndView post(@Valid @ModelAttribute("draft") NoticeDraft draft, BindingResult binding,
			@RequestAttribute(name = Route.ATTRIBUTE, required = false) @Nullable Route route,
			HttpServletRequest request, HttpServletResponse response) {
		if (binding.hasErrors()) {
			ModelAndView page = page(currentPage(), draft, messages(binding), isWritingPaused());
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return page;
		}
		try {
			NoticeView notice = this.notices.post(draft);
			response.addHeader(HttpHeaders.SET_COOKIE,
					PostedCookie.write(notice, route, request.isSecure()).toString());
			response.setHeader(HttpHeaders.LOCATION, "/");
			ModelAndView redirect = new ModelAndView("redirect:/");
			redirect.setStatus(HttpStatus.SEE_OTHER);
			return redirect;
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			logger.warn("A notice could not be stored; its text was given back: {}", DatabaseOutage.reason(ex));
			response.setHeader(HttpHeaders.RETRY_AFTER, "5");
			ModelAndView page = page(currentPage(), draft, Map.of(), true);
			page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
			return page;
		}
	}

	/** The text that somebody wrote is given back even if nothing can be read. */
	private HomePage currentPage() {
		try {
			return HomePage.of(this.notices.list(null, 0, PAGE_SIZE, NoticeSort.NEWEST), null, null);
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			return HomePage.UNREADABLE;
		}
	}

	private boolean isWritingPaused() {
		Topology watched = this.topology.getIfAvailable();
		return watched != null && !watched.snapshot().canWrite();
	}

	private static ModelAndView page(HomePage home, NoticeDraft draft, Map<String, String> messages, boolean paused) {
		ModelAndView page = new ModelAndView("notices/home");
		page.addObject("home", home);
		page.addObject("draft", draft);
		page.addObject("messages", messages);
		page.addObject("paused", paused);
		return page;
	}

	private static Map<String, String> messages(BindingResult binding) {
		Map<String, String> messages = new LinkedHashMap<>();
		for (FieldError error : binding.getFieldErrors()) {
			messages.putIfAbsent(error.getField(), String.valueOf(error.getDefaultMessage()));
		}
		return messages;
	}

}
