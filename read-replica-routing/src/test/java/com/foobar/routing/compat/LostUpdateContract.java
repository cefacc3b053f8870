package com.foobar.routing.compat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Concurrent updates of different fields of one row, in controllers that find an entity,
 * change it and save it, while replication is stopped.
 */
abstract class LostUpdateContract extends Compatibility {

	private static final String NEW_CITY = "Bern, Unknown";

	private static final String BOTH = "Bern, Ada";

	@BeforeEach
	void createOwner() {
		servers().delayReplication(Duration.ZERO);
		servers().onPrimary(
				"CREATE TABLE IF NOT EXISTS foobar.owner (id BIGINT PRIMARY KEY, city VARCHAR(100), "
						+ "pet VARCHAR(100))",
				"CREATE TABLE IF NOT EXISTS foobar.versioned_owner (id BIGINT PRIMARY KEY, city VARCHAR(100), "
						+ "version BIGINT)",
				"REPLACE INTO foobar.owner VALUES (1, 'Unknown', 'Unknown')",
				"REPLACE INTO foobar.versioned_owner VALUES (1, 'Unknown', 0)");
	}

	@AfterEach
	void resumeReplication() {
		servers().delayReplication(Duration.ZERO);
	}

	@Test
	void updateOfOneFieldKeepsAnotherClientsUpdate() throws Exception {
		startWithStoppedReplication();
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		assertThat(post("/owners/1/pet?name=Ada")).isEqualTo(BOTH);
		assertThat(reasons()).containsExactly(Reason.REPOSITORY_READ, Reason.READ_WRITE, Reason.REPOSITORY_READ,
				Reason.READ_WRITE);
	}

	@Test
	void updateOfOneFieldKeepsAnotherClientsUpdateWithOneSession() throws Exception {
		startWithStoppedReplication("spring.jpa.open-in-view=true");
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		assertThat(post("/owners/1/pet?name=Ada")).isEqualTo(BOTH);
	}

	@Test
	void safeRequestReadsOnReplica() throws Exception {
		startWithStoppedReplication();
		assertThat(get("/owners/1")).isEqualTo("Unknown, Unknown");
		assertThat(reasons()).containsExactly(Reason.READ_ONLY);
	}

	@Test
	void repositoryOutsideARequestReadsOnPrimaryUnlessTheApplicationOpensTheTransaction() {
		startWithStoppedReplication();
		Owners owners = bean(Owners.class);
		assertThat(owners.findById(1L)).isPresent();
		assertThat(owners.count()).isPositive();
		assertThat(reasons()).containsExactly(Reason.REPOSITORY_READ, Reason.REPOSITORY_READ);
		decisions().clear();
		TransactionTemplate reading = bean(TransactionTemplate.class);
		reading.setReadOnly(true);
		reading.executeWithoutResult((status) -> assertThat(owners.findById(1L)).isPresent());
		assertThat(owners.findByCity("Unknown")).hasSize(1);
		assertThat(owners.findAll()).as("declared again, with an annotation").hasSize(1);
		assertThat(reasons()).containsOnly(Reason.READ_ONLY);
		assertThat(roles()).hasSize(3).containsOnly(Role.REPLICA);
	}

	@Test
	void repositoriesReadOnPrimaryEverywhereWhenConfigured() throws Exception {
		startWithStoppedReplication("read-replica-routing.repository-reads=primary");
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		assertThat(get("/owners/1")).isEqualTo(NEW_CITY);
		assertThat(get("/declared/1")).as("a transaction of the application").isEqualTo("Unknown, Unknown");
	}

	/** What happens without the guarantee. */
	@Test
	void repositoriesReadOnReplicaEverywhereWhenConfiguredAndAVersionPreventsLostUpdates() throws Exception {
		startWithStoppedReplication("read-replica-routing.repository-reads=replica");
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		assertThat(post("/owners/1/pet?name=Ada")).isEqualTo("Unknown, Ada");
		assertThat(send("POST", "/versioned/1?city=Bern", "").statusCode()).isEqualTo(200);
		assertThat(send("POST", "/versioned/1?city=Basel", "").statusCode()).isEqualTo(409);
	}

	@Test
	void declaredReadsOfAnUnsafeRequestFollowTheirSetting() throws Exception {
		startWithStoppedReplication();
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		assertThat(post("/declared/1")).isEqualTo("Unknown, Unknown");
		stop();
		startWithStoppedReplication("read-replica-routing.unsafe-requests=primary");
		assertThat(post("/owners/1/city?name=Bern")).isEqualTo(NEW_CITY);
		decisions().clear();
		assertThat(post("/declared/1")).isEqualTo(NEW_CITY);
		assertThat(reasons()).containsExactly(Reason.UNSAFE_REQUEST);
		assertThat(get("/declared/1")).isEqualTo("Unknown, Unknown");
		assertThat(bean(Owners.class).findByCity("Unknown")).as("outside requests").hasSize(1);
	}

	private void stop() {
		Objects.requireNonNull(this.context).close();
		servers().delayReplication(Duration.ZERO);
		servers().awaitCaughtUp();
		servers().onPrimary("UPDATE foobar.owner SET city = 'Unknown'");
	}

	private void startWithStoppedReplication(String... properties) {
		String[] all = new String[properties.length + 3];
		System.arraycopy(properties, 0, all, 3, properties.length);
		all[0] = "read-replica-routing.max-lag=2h";
		all[1] = "read-replica-routing.wait-timeout=1ms";
		all[2] = "spring.jpa.open-in-view=false";
		start(WebApplicationType.SERVLET, Application.class, all);
		servers().delayReplication(Duration.ofHours(1));
		Owners owners = bean(Owners.class);
		await(() -> {
			decisions().clear();
			owners.findByCity("Unknown");
			return roles().equals(List.of(Role.REPLICA));
		});
		decisions().clear();
	}

	private List<Role> roles() {
		return decisions().stream().map(RoutingDecision::node).map((node) -> node.role()).toList();
	}

	private List<Reason> reasons() {
		return decisions().stream().map(RoutingDecision::reason).toList();
	}

	private String get(String path) throws Exception {
		return send("GET", path, "").body();
	}

	private String post(String path) throws Exception {
		return send("POST", path, "").body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableJpaRepositories(considerNestedRepositories = true)
	static class Application {

		@Bean
		Web web(Owners owners, VersionedOwners versioned, TransactionTemplate transactions) {
			TransactionTemplate reading = new TransactionTemplate(
					Objects.requireNonNull(transactions.getTransactionManager()));
			reading.setReadOnly(true);
			return new Web(owners, versioned, reading);
		}

	}

	interface Owners extends JpaRepository<Owner, Long> {

		@Transactional(readOnly = true)
		List<Owner> findByCity(String city);

		@Override
		@Transactional(readOnly = true)
		List<Owner> findAll();

	}

	/** Annotated for its own queries; Spring does not apply that to inherited methods. */
	@Transactional(readOnly = true)
	interface VersionedOwners extends JpaRepository<VersionedOwner, Long> {

	}

	@Entity
	@Table(name = "owner")
	static class Owner {

		@Id
		long id;

		String city = "";

		String pet = "";

		@Override
		public String toString() {
			return this.city + ", " + this.pet;
		}

	}

	@Entity
	@Table(name = "versioned_owner")
	static class VersionedOwner {

		@Id
		long id;

		String city = "";

		@Version
		long version;

	}

	/** Without a transaction of its own, as sample applications are written. */
	@RestController
	static class Web {

		private final Owners owners;

		private final VersionedOwners versioned;

		private final TransactionTemplate reading;

		Web(Owners owners, VersionedOwners versioned, TransactionTemplate reading) {
			this.owners = owners;
			this.versioned = versioned;
			this.reading = reading;
		}

		@GetMapping("/owners/{id}")
		String show(@PathVariable long id) {
			return this.owners.findById(id).orElseThrow().toString();
		}

		@PostMapping("/owners/{id}/city")
		String changeCity(@PathVariable long id, @RequestParam String name) {
			Owner owner = this.owners.findById(id).orElseThrow();
			owner.city = name;
			return this.owners.save(owner).toString();
		}

		@PostMapping("/owners/{id}/pet")
		String changePet(@PathVariable long id, @RequestParam String name) {
			Owner owner = this.owners.findById(id).orElseThrow();
			owner.pet = name;
			return this.owners.save(owner).toString();
		}

		@GetMapping("/declared/{id}")
		String showDeclared(@PathVariable long id) {
			return Objects.requireNonNull(this.reading.execute((status) -> show(id)));
		}

		@PostMapping("/declared/{id}")
		String showDeclaredInUnsafeRequest(@PathVariable long id) {
			return showDeclared(id);
		}

		@PostMapping("/versioned/{id}")
		void changeVersioned(@PathVariable long id, @RequestParam String city) {
			VersionedOwner owner = this.versioned.findById(id).orElseThrow();
			owner.city = city;
			this.versioned.save(owner);
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.CONFLICT)
		void conflict(OptimisticLockingFailureException ex) {
		}

	}

}
