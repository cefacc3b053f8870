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
 * {@code /api/session}: the session of the client, stored in its cookie.
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
	 * The signed-in member.
	 *
	 * @param id the member's id
	 * @param name the member's name
	 * @param administrator whether the member is an administrator
	 */
	record SessionView(long id, String name, boolean administrator) {

	}

	@PostMapping
	ResponseEntity<SessionView> signIn(@Valid @RequestBody SignInForm form, HttpServletRequest request,
			HttpServletResponse response) {
		SignedIn member = this.signIn.attempt(form, request.getRemoteAddr());
		this.sessions.start(member, request, response);
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new SessionView(member.id(), member.name(), member.administrator()));
	}

	@DeleteMapping
	ResponseEntity<Void> signOut(HttpServletRequest request, HttpServletResponse response) {
		this.sessions.end(request, response);
		return ResponseEntity.noContent().build();
	}

}
