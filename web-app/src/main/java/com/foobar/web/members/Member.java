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
 * A row of {@code members}. Never leaves the package: it carries the address and the
 * password's hash.
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

	@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
	protected Member() {
	}

	Member(String name, String email, String passwordHash, Instant createdAt) {
		this.name = name;
		this.email = email;
		this.passwordHash = passwordHash;
		this.createdAt = createdAt;
	}

	MemberView view() {
		if (this.id == null) {
			throw new IllegalStateException("The member was not saved yet, so it has no id");
		}
		return new MemberView(this.id, this.name, this.createdAt);
	}

}
