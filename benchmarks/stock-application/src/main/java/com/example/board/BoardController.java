package com.example.board;

import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class BoardController {

	private final NoticeService notices;

	BoardController(NoticeService notices) {
		this.notices = notices;
	}

	@GetMapping("/")
	String board(
			@PageableDefault(size = 20, sort = { "createdAt", "id" }, direction = Sort.Direction.DESC) Pageable page,
			Model model) {
		model.addAttribute("board", this.notices.list(page));
		return "board";
	}

}
