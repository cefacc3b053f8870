package com.example.notes;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads on replicas, writes on the primary: the annotations say which is which.
 */
@Service
@Transactional(readOnly = true)
public class Notes {

	private final JdbcClient jdbc;

	Notes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public List<String> texts() {
		return this.jdbc.sql("SELECT text FROM note ORDER BY id").query(String.class).list();
	}

	public int serverId() {
		return this.jdbc.sql("SELECT @@server_id").query(Integer.class).single();
	}

	@Transactional
	public int add(String text) {
		this.jdbc.sql("INSERT INTO note (text) VALUES (?)").param(text).update();
		return serverId();
	}

}
