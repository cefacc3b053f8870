package com.foobar.routing.compat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingDecision;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.JoinColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hibernate and Spring Data JPA, with one session per transaction and one per request.
 */
abstract class JpaContract extends Compatibility {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@Test
	void repositoryReadsOnReplicaWhereDeclaredAndWritesOnPrimary() {
		start(Application.class);
		Memos memos = bean(Memos.class);
		long id = Objects.requireNonNull(memos.save(new Memo("saved", null)).id);
		assertThat(roles()).containsExactly(Role.PRIMARY);
		assertThat(memos.findById(id)).isPresent();
		assertThat(memos.findByText("saved")).isNotEmpty();
		assertThat(roles()).as("findById runs outside a transaction and a request")
			.containsExactly(Role.PRIMARY, Role.PRIMARY, Role.REPLICA);
		memos.deleteById(id);
		assertThat(memos.existsById(id)).as("one's own deletion").isFalse();
	}

	@Test
	void entityChangedInReadOnlyTransactionIsNotWritten() {
		start(Application.class);
		Service service = bean(Service.class);
		long id = service.add("unchanged", null);
		service.changeWhileReading(id);
		assertThat(service.text(id)).isEqualTo("unchanged");
	}

	@Test
	void requestReadsOnReplicaAndThenWritesOnPrimaryWithASessionForEachTransaction() throws Exception {
		startWeb("spring.jpa.open-in-view=false");
		long id = Long.parseLong(send("POST", "/memos"));
		decisions().clear();
		assertThat(send("GET", "/memos/" + id)).isEqualTo("posted");
		assertThat(roles()).containsOnly(Role.REPLICA);
		decisions().clear();
		assertThat(send("POST", "/memos/" + id)).isEqualTo("posted, posted again");
		assertThat(roles()).containsExactly(Role.REPLICA, Role.PRIMARY, Role.REPLICA);
	}

	@Test
	void requestReadsOnReplicaAndThenWritesOnPrimaryWithOneSession() throws Exception {
		startWeb("spring.jpa.open-in-view=true");
		long id = Long.parseLong(send("POST", "/memos"));
		decisions().clear();
		assertThat(send("GET", "/memos/" + id)).isEqualTo("posted");
		assertThat(roles()).containsOnly(Role.REPLICA);
		decisions().clear();
		assertThat(send("POST", "/memos/" + id)).isEqualTo("posted, posted again");
		assertThat(roles()).startsWith(Role.REPLICA, Role.PRIMARY);
	}

	@Test
	void lazyLoadingInTheViewReadsFromThePrimary() throws Exception {
		startWeb("spring.jpa.open-in-view=true");
		Service service = bean(Service.class);
		Memo parent = new Memo("parent", null);
		long parentId = service.add(parent);
		long id = service.add("child", parent);
		decisions().clear();
		assertThat(send("GET", "/memos/" + id + "/parent")).isEqualTo("parent");
		assertThat(parentId).isPositive();
		assertThat(roles()).containsExactly(Role.REPLICA, Role.PRIMARY);
	}

	private List<Role> roles() {
		return decisions().stream().map(RoutingDecision::node).map((node) -> node.role()).toList();
	}

	private void startWeb(String... properties) {
		start(WebApplicationType.SERVLET, Application.class, properties);
	}

	private String send(String method, String path) throws Exception {
		String port = Objects.requireNonNull(this.context).getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableJpaRepositories(considerNestedRepositories = true)
	static class Application {

		@Bean
		Service service(Memos memos, EntityManager entities) {
			return new Service(memos, entities);
		}

		@Bean
		Web web(Service service) {
			return new Web(service);
		}

	}

	interface Memos extends JpaRepository<Memo, Long> {

		@Transactional(readOnly = true)
		List<Memo> findByText(String text);

	}

	@Entity(name = "memo")
	static class Memo {

		@Id
		@GeneratedValue(strategy = GenerationType.IDENTITY)
		@Nullable Long id;

		String text = "";

		@ManyToOne(fetch = FetchType.LAZY)
		@JoinColumn(name = "parent")
		@Nullable Memo parent;

		Memo() {
		}

		Memo(String text, @Nullable Memo parent) {
			this.text = text;
			this.parent = parent;
		}

		String getText() {
			return this.text;
		}

	}

	static class Service {

		private final Memos memos;

		private final EntityManager entities;

		Service(Memos memos, EntityManager entities) {
			this.memos = memos;
			this.entities = entities;
		}

		@Transactional
		public long add(String text, @Nullable Memo parent) {
			return add(new Memo(text, parent));
		}

		@Transactional
		public long add(Memo memo) {
			return Objects.requireNonNull(this.memos.save(memo).id);
		}

		@Transactional(readOnly = true)
		public Memo find(long id) {
			return this.memos.findById(id).orElseThrow();
		}

		@Transactional(readOnly = true)
		public String text(long id) {
			this.entities.clear();
			return find(id).getText();
		}

		@Transactional(readOnly = true)
		public void changeWhileReading(long id) {
			find(id).text = "changed";
		}

		@Transactional
		public void append(long id, String text) {
			this.entities.clear();
			find(id).text += text;
		}

	}

	@RestController
	static class Web {

		private final Service service;

		Web(Service service) {
			this.service = service;
		}

		@PostMapping("/memos")
		long add() {
			return this.service.add("posted", null);
		}

		@GetMapping("/memos/{id}")
		String read(@PathVariable long id) {
			return this.service.text(id);
		}

		@PostMapping("/memos/{id}")
		String readWriteRead(@PathVariable long id) {
			this.service.text(id);
			this.service.append(id, ", posted again");
			return this.service.text(id);
		}

		@GetMapping("/memos/{id}/parent")
		String parent(@PathVariable long id) {
			Memo memo = this.service.find(id);
			return Objects.requireNonNull(memo.parent).getText();
		}

	}

}
