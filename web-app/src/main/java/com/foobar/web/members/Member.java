package com.foobar.web.members;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A row of {@code members}. Never leaves the package, because it contains the e-mail
 * address and the password's hash.
 */
@Entity
@Table(name = "members")
class Member {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Column(nullable = false)
	private String name;

	@Column(nullable = false)
	private String email;

	@Column(nullable = false)
	private String passwordHash;

	@Column(nullable = false, updatable = false)
	private Instant createdAt;

	@Column(nullable = false)
	private boolean administrator;

	@Column(nullable = false)
	private int signInVersion;

	@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
	protected Member() {
	}

	Member(String name, String email, String passwordHash, Instant createdAt) {
		this.name = name;
		this.email = email;
		this.passwordHash = passwordHash;
		this.createdAt = createdAt;
	}

	void grantAdministration() {
		this.administrator = true;
	}

	/** Ends the sign-ins that contain the administration. */
	void revokeAdministration() {
		this.administrator = false;
		this.signInVersion++;
	}

	boolean isAdministrator() {
		return this.administrator;
	}

	String passwordHash() {
		return this.passwordHash;
	}

	/** Ends every sign-in with the old password. */
	void changePassword(String newHash) {
		this.passwordHash = newHash;
		this.signInVersion++;
	}

	MemberView view() {
		return new MemberView(id(), this.name, this.createdAt);
	}

	AdministratorView administratorView() {
		return new AdministratorView(id(), this.name, this.email, this.createdAt);
	}

	boolean has(long otherId) {
		return id() == otherId;
	}

	SignedIn signedIn() {
		return new SignedIn(id(), this.name, this.administrator, this.signInVersion);
	}

	private long id() {
		if (this.id == null) {
			throw new IllegalStateException("The member has no id before it is saved");
		}
		return this.id;
	}

}
