package com.foobar.web.notices.web;

import java.net.URI;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeService;
import com.foobar.web.notices.NoticeSort;
import com.foobar.web.notices.NoticeView;

/**
 * {@code /api/notices}.
 */
@RestController
@RequestMapping(NoticeController.PATH)
class NoticeController {

	static final String PATH = "/api/notices";

	/** Maximum length of a search text in characters. */
	static final int MAX_QUERY = 200;

	/**
	 * Last page that can be read: the database reads the entries of all pages before it.
	 */
	static final int MAX_PAGE = 10_000;

	private static final int MAX_SIZE = 100;

	private final NoticeService notices;

	NoticeController(NoticeService notices) {
		this.notices = notices;
	}

	@GetMapping
	ResponseEntity<NoticePage> list(
			@RequestParam(required = false) @Size(max = MAX_QUERY,
					message = "must have at most {max} characters") @Nullable String q,
			@RequestParam(defaultValue = "0") @Min(value = 0, message = "must be {value} or more") @Max(
					value = MAX_PAGE, message = "must be at most {value}") int page,
			@RequestParam(defaultValue = "20") @Min(value = 1, message = "must be {value} or more") @Max(
					value = MAX_SIZE, message = "must be at most {value}") int size,
			@RequestParam(required = false) @Nullable String sort) {
		NoticeSort order = NoticeSort.parse(sort);
		NoticePage list = this.notices.list(q, page, size, order);
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache())
			.header(HttpHeaders.LINK, PageLinks.header(PATH, list, q, order))
			.body(list);
	}

	@GetMapping("/{id}")
	ResponseEntity<NoticeView> find(@PathVariable long id,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
		NoticeView notice = this.notices.find(id);
		if (EntityTags.matches(ifNoneMatch, notice.version())) {
			return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
				.cacheControl(CacheControl.noCache())
				.eTag(EntityTags.of(notice.version()))
				.build();
		}
		return respond(ResponseEntity.ok().cacheControl(CacheControl.noCache()), notice);
	}

	@PostMapping
	ResponseEntity<NoticeView> post(@Valid @RequestBody NoticeDraft draft, @AuthenticationPrincipal SignedIn member) {
		NoticeView notice = this.notices.post(draft, member);
		return respond(ResponseEntity.created(URI.create(PATH + "/" + notice.id())), notice);
	}

	@PutMapping("/{id}")
	ResponseEntity<NoticeView> change(@PathVariable long id, @Valid @RequestBody NoticeDraft draft,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
			@AuthenticationPrincipal SignedIn member) {
		return respond(ResponseEntity.ok(),
				this.notices.change(id, draft, EntityTags.expected(ifMatch, ifNoneMatch), member));
	}

	@DeleteMapping("/{id}")
	ResponseEntity<Void> delete(@PathVariable long id,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
			@AuthenticationPrincipal SignedIn member) {
		this.notices.delete(id, EntityTags.expected(ifMatch, ifNoneMatch), member);
		return ResponseEntity.noContent().build();
	}

	private static ResponseEntity<NoticeView> respond(ResponseEntity.BodyBuilder response, NoticeView notice) {
		return response.eTag(EntityTags.of(notice.version())).body(notice);
	}

}
