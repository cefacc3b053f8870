package com.foobar.web.members.web;

import java.util.List;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import com.foobar.web.members.AdministratorService;
import com.foobar.web.members.AdministratorView;
import com.foobar.web.members.SignedIn;

/**
 * {@code /api/administrators}.
 */
@RestController
@RequestMapping("/api/administrators")
class AdministratorController {

	private final AdministratorService administrators;

	AdministratorController(AdministratorService administrators) {
		this.administrators = administrators;
	}

	@GetMapping
	ResponseEntity<Administrators> list() {
		return ResponseEntity.ok()
			.header("Cache-Control", "private, no-cache")
			.body(new Administrators(this.administrators.list()));
	}

	@PutMapping("/{id}")
	ResponseEntity<Void> grant(@PathVariable long id, @AuthenticationPrincipal SignedIn by) {
		this.administrators.grant(id, by);
		return ResponseEntity.noContent().build();
	}

	@DeleteMapping("/{id}")
	ResponseEntity<Void> revoke(@PathVariable long id, @AuthenticationPrincipal SignedIn by) {
		this.administrators.revoke(id, by);
		return ResponseEntity.noContent().build();
	}

	/**
	 * The list, not paged.
	 *
	 * @param items all administrators
	 */
	record Administrators(List<AdministratorView> items) {

	}

}
