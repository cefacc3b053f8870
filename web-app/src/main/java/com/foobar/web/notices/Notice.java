package com.foobar.web.notices;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/**
 * A row of {@code notices}. Refers to its author by id only, so that loading a notice
 * does not load a member.
 */
@Entity
@Table(name = "notices")
class Notice {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Column(updatable = false)
	private @Nullable Long authorId;

	@Column(nullable = false)
	private String title;

	@Column(nullable = false)
	private String body;

	@Column(nullable = false, updatable = false)
	private Instant createdAt;

	@Version
	private int version;

	@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
	protected Notice() {
	}

	Notice(long authorId, String title, String body, Instant createdAt) {
		this.authorId = authorId;
		this.title = title;
		this.body = body;
		this.createdAt = createdAt;
	}

	void change(String newTitle, String newBody) {
		this.title = newTitle;
		this.body = newBody;
	}

	@Nullable Long authorId() {
		return this.authorId;
	}

	int version() {
		return this.version;
	}

	NoticeView view(NoticeAuthor author) {
		if (this.id == null) {
			throw new IllegalStateException("The notice has no id before it is saved");
		}
		return new NoticeView(this.id, this.title, this.body, author, this.createdAt, this.version);
	}

}
