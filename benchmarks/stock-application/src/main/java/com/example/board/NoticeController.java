package com.example.board;

import java.net.URI;
import java.util.Map;

import jakarta.validation.Valid;

import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.PagedModel;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/notices")
class NoticeController {

	private final NoticeService notices;

	NoticeController(NoticeService notices) {
		this.notices = notices;
	}

	@GetMapping
	PagedModel<NoticeView> list(
			@PageableDefault(size = 20, sort = { "createdAt", "id" }, direction = Sort.Direction.DESC) Pageable page) {
		return new PagedModel<>(this.notices.list(page));
	}

	@GetMapping("/{id}")
	ResponseEntity<NoticeView> find(@PathVariable long id) {
		return ResponseEntity.of(this.notices.find(id));
	}

	@PostMapping
	ResponseEntity<Map<String, Object>> post(@Valid @RequestBody NoticeDraft draft) {
		long id = this.notices.post(draft);
		return ResponseEntity.created(URI.create("/api/notices/" + id))
			.body(Map.of("id", id, "title", draft.title(), "body", draft.body()));
	}

}
