package com.example.board;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity
@Table(name = "notices")
class Notice {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@ManyToOne(fetch = FetchType.LAZY)
	private Member author;

	private String title;

	private String body;

	private Instant createdAt;

	@Version
	private int version;

	protected Notice() {
	}

	Notice(Member author, String title, String body, Instant createdAt) {
		this.author = author;
		this.title = title;
		this.body = body;
		this.createdAt = createdAt;
	}

	Long getId() {
		return this.id;
	}

	Member getAuthor() {
		return this.author;
	}

	String getTitle() {
		return this.title;
	}

	String getBody() {
		return this.body;
	}

	Instant getCreatedAt() {
		return this.createdAt;
	}

	int getVersion() {
		return this.version;
	}

}
