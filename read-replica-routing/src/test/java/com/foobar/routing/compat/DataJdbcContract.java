package com.foobar.routing.compat;

import java.util.List;
import java.util.Objects;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingDecision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.CrudRepository;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Data JDBC.
 */
abstract class DataJdbcContract extends Compatibility {

	@Test
	void repositoryReadsOnReplicaWhereDeclaredAndWritesOnPrimary() {
		start(Application.class, WITHOUT_JPA, "spring.data.jdbc.repositories.enabled=true");
		Memos memos = bean(Memos.class);
		decisions().clear();
		long id = Objects.requireNonNull(memos.save(new Memo(null, "saved")).id());
		assertThat(roles()).containsExactly(Role.PRIMARY);
		assertThat(memos.findById(id)).isPresent();
		assertThat(memos.count()).isPositive();
		assertThat(memos.longest()).isPositive();
		assertThat(roles()).as("only what is annotated is known to write nothing back")
			.containsExactly(Role.PRIMARY, Role.PRIMARY, Role.PRIMARY, Role.REPLICA);
		memos.deleteById(id);
		assertThat(memos.existsById(id)).as("one's own deletion").isFalse();
	}

	private List<Role> roles() {
		return decisions().stream().map(RoutingDecision::node).map((node) -> node.role()).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableJdbcRepositories(considerNestedRepositories = true)
	static class Application {

	}

	interface Memos extends CrudRepository<Memo, Long> {

		@Transactional(readOnly = true)
		@Query("SELECT MAX(LENGTH(text)) FROM memo")
		long longest();

	}

	@Table("memo")
	record Memo(@Id @Nullable Long id, String text) {

	}

}
