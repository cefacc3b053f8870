package com.foobar.web.members.web;

import java.net.URI;

import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import com.foobar.web.members.MemberService;
import com.foobar.web.members.MemberView;
import com.foobar.web.members.NewMember;

/**
 * {@code /api/members}.
 */
@RestController
@RequestMapping("/api/members")
class MemberController {

	private final MemberService members;

	MemberController(MemberService members) {
		this.members = members;
	}

	@PostMapping
	ResponseEntity<MemberView> join(@Valid @RequestBody NewMember joining) {
		MemberView member = this.members.join(joining);
		return ResponseEntity.created(URI.create("/api/members/" + member.id())).body(member);
	}

	@GetMapping("/{id}")
	MemberView find(@PathVariable long id) {
		return this.members.find(id);
	}

	@DeleteMapping("/{id}")
	ResponseEntity<Void> remove(@PathVariable long id) {
		this.members.remove(id);
		return ResponseEntity.noContent().build();
	}

}
