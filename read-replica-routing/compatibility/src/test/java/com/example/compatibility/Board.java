package com.example.compatibility;

import java.util.concurrent.CompletableFuture;

import jakarta.persistence.EntityManager;
import org.hibernate.envers.AuditReaderFactory;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes, and reads in read-only transactions of the application, with each technology.
 */
@Service
public class Board {

	private final JdbcClient jdbc;

	private final DSLContext jooq;

	private final NoteMapper mapper;

	private final EntityManager entities;

	private final ApplicationEventPublisher events;

	Board(JdbcClient jdbc, DSLContext jooq, NoteMapper mapper, EntityManager entities,
			ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.jooq = jooq;
		this.mapper = mapper;
		this.entities = entities;
		this.events = events;
	}

	/** Writes, and starts other work after the commit. */
	@Transactional
	public void add(String text, Runnable order) {
		this.jdbc.sql("INSERT INTO note (text) VALUES (?)").param(text).update();
		order.run();
	}

	@Transactional(readOnly = true)
	public boolean has(String text) {
		return this.jdbc.sql("SELECT COUNT(*) FROM note WHERE text = ?").param(text).query(Integer.class).single() == 1;
	}

	@Transactional(readOnly = true)
	public int serverThatReads() {
		return this.jdbc.sql("SELECT @@server_id").query(Integer.class).single();
	}

	@Async
	@Transactional(readOnly = true)
	public CompletableFuture<Boolean> hasElsewhere(String text) {
		return CompletableFuture.completedFuture(has(text));
	}

	@Transactional
	public void addWithJooq(String text) {
		this.jooq.insertInto(DSL.table("note"), DSL.field("text")).values(text).execute();
	}

	@Transactional(readOnly = true)
	public boolean hasWithJooq(String text) {
		return this.jooq.fetchCount(DSL.table("note"), DSL.field("text").eq(text)) == 1;
	}

	@Transactional
	public void addWithMyBatis(String text) {
		this.mapper.add(text);
	}

	@Transactional(readOnly = true)
	public boolean hasWithMyBatis(String text) {
		return this.mapper.count(text) == 1;
	}

	@Transactional
	public long addWithHibernate(String text) {
		Note note = new Note();
		note.setText(text);
		this.entities.persist(note);
		return note.getId();
	}

	@Transactional(readOnly = true)
	public int revisions(long id) {
		return AuditReaderFactory.get(this.entities).getRevisions(Note.class, id).size();
	}

	@Transactional
	public void announce(String text) {
		this.events.publishEvent(new Announcement(text));
	}

	/**
	 * A published event.
	 */
	public record Announcement(String text) {

	}

}
