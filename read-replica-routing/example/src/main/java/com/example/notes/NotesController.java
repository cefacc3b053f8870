package com.example.notes;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotesController {

	private final Notes notes;

	NotesController(Notes notes) {
		this.notes = notes;
	}

	@GetMapping("/notes")
	List<String> texts() {
		return this.notes.texts();
	}

	@PostMapping("/notes")
	int add(@RequestBody String text) {
		return this.notes.add(text);
	}

	@GetMapping("/server")
	int serverId() {
		return this.notes.serverId();
	}

}
