package com.foobar.benchmarks.routing.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.annotation.Transactional;

/**
 * An application with JPA that reads one row in a read-only transaction, and writes one.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = Application.class)
public class Application {

	static ConfigurableApplicationContext start(Contender contender, Servers servers) {
		List<String> properties = new ArrayList<>(List.of("spring.datasource.username=" + servers.username(),
				"spring.datasource.password=" + servers.password(),
				"spring.datasource.hikari.maximum-pool-size=" + Contender.POOL_SIZE, "spring.main.banner-mode=off",
				"logging.level.root=off", "spring.jpa.open-in-view=false", "spring.jmx.enabled=false",
				"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false", "spring.sql.init.mode=never"));
		properties.addAll(contender.properties(servers));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.initializers((context) -> {
				DataSource dataSource = contender.dataSource(servers);
				if (dataSource != null) {
					((GenericApplicationContext) context).registerBean("dataSource", DataSource.class,
							() -> dataSource);
				}
			})
			.run();
	}

	@Bean
	Items items() {
		return new Items();
	}

	/**
	 * A row.
	 */
	@Entity(name = "item")
	public static class Item {

		@Id
		@GeneratedValue(strategy = GenerationType.IDENTITY)
		@Nullable Long id;

		@Nullable String name;

	}

	/**
	 * Reads and writes rows.
	 */
	public static class Items {

		@PersistenceContext
		@SuppressWarnings("NullAway.Init")
		private EntityManager entities;

		/**
		 * Reads a row.
		 * @param id its identifier
		 * @return whether it was found
		 */
		@Transactional(readOnly = true)
		public boolean find(long id) {
			return this.entities.find(Item.class, id) != null;
		}

		/**
		 * Reads a row.
		 * @param id its identifier
		 * @return the id of the server that executed the read
		 */
		@Transactional(readOnly = true)
		public int server(long id) {
			return ((Number) this.entities.createNativeQuery("SELECT @@server_id FROM item WHERE id = ?1")
				.setParameter(1, id)
				.getSingleResult()).intValue();
		}

		/**
		 * Writes a row.
		 * @return its identifier
		 */
		@Transactional
		public long add() {
			Item item = new Item();
			item.name = "new";
			this.entities.persist(item);
			return Objects.requireNonNull(item.id);
		}

		/**
		 * Writes a row and reads it in the same transaction.
		 * @return whether it was found
		 */
		@Transactional
		public boolean addAndFind() {
			long id = add();
			this.entities.clear();
			return this.entities.find(Item.class, id) != null;
		}

	}

}
