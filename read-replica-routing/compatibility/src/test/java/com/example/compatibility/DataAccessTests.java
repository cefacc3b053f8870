package com.example.compatibility;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Libraries that read and write for the application, on its thread.
 */
class DataAccessTests {

	private final Board board = Servers.bean(Board.class);

	private final String text = UUID.randomUUID().toString();

	@Test
	void replicaStandsStillAndIsRead() throws Exception {
		this.board.add(this.text, () -> {
		});
		assertThat(Servers.elsewhere(() -> this.board.has(this.text))).as("by another client").isFalse();
		assertThat(this.board.has(this.text)).as("by the writer").isTrue();
	}

	@Test
	void jooq() {
		this.board.addWithJooq(this.text);
		assertThat(this.board.hasWithJooq(this.text)).isTrue();
	}

	@Test
	void myBatis() {
		this.board.addWithMyBatis(this.text);
		assertThat(this.board.hasWithMyBatis(this.text)).isTrue();
	}

	@Test
	void envers() {
		assertThat(this.board.revisions(this.board.addWithHibernate(this.text))).isOne();
	}

	@Test
	void flywayJavaMigration() {
		assertThat(Servers.bean(JdbcClient.class)
			.sql("SELECT COUNT(*) FROM note WHERE text = 'found 1'")
			.query(Integer.class)
			.single()).isOne();
	}

	@Test
	void jdbcUserDetailsManager() throws Exception {
		JdbcUserDetailsManager users = Servers.bean(JdbcUserDetailsManager.class);
		users.createUser(User.withUsername(this.text).password("{noop}x").roles("USER").build());
		assertThat(Servers.elsewhere(() -> users.loadUserByUsername(this.text)).getAuthorities()).hasSize(1);
	}

	@Test
	void springSession() throws Exception {
		session(Servers.bean(SessionRepository.class));
	}

	private <S extends Session> void session(SessionRepository<S> sessions) throws Exception {
		S session = sessions.createSession();
		session.setAttribute("text", this.text);
		sessions.save(session);
		assertThat(Servers.elsewhere(() -> sessions.findById(session.getId()).<String>getAttribute("text")))
			.isEqualTo(this.text);
	}

}
