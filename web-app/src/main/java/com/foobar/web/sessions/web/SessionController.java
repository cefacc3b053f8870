package com.foobar.web.sessions.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import com.foobar.web.members.SignedIn;
import com.foobar.web.sessions.Sessions;
import com.foobar.web.sessions.SignIn;
import com.foobar.web.sessions.SignInForm;

/**
 * {@code /api/session}: there is one for each client, kept by the client.
 */
@RestController
@RequestMapping("/api/session")
class SessionController {

	private final SignIn signIn;

	private final Sessions sessions;

	SessionController(SignIn signIn, Sessions sessions) {
		this.signIn = signIn;
		this.sessions = sessions;
	}

	/**
	 * Who is signed in.
	 *
	 * @param id the member
	 * @param name the member's name
	 * @param administrator whether the member is one
	 */
	record Answer(long id, String name, boolean administrator) {

	}

	@PostMapping
	ResponseEntity<Answer> signIn(@Valid @RequestBody SignInForm form, HttpServletRequest request,
			HttpServletResponse response) {
		SignedIn member = this.signIn.attempt(form, request.getRemoteAddr());
		this.sessions.begin(member, request, response);
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new Answer(member.id(), member.name(), member.administrator()));
	}

	@DeleteMapping
	ResponseEntity<Void> signOut(HttpServletRequest request, HttpServletResponse response) {
		this.sessions.end(request, response);
		return ResponseEntity.noContent().build();
	}

}
