package com.foobar.routing.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that each setting is described in the metadata and in the README.
 */
class DocumentationTests {

	private static final List<Class<?>> SETTINGS = List.of(ReadReplicaRoutingProperties.class,
			PropagationProperties.class);

	static Stream<Setting> settings() {
		return SETTINGS.stream()
			.flatMap((type) -> settings(
					Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value(), type));
	}

	private static Stream<Setting> settings(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + "." + kebab(component.getName());
			if (component.getType().isRecord()) {
				return settings(name, component.getType());
			}
			DefaultValue value = defaultValue(type, component);
			Setting setting = new Setting(name, (value != null && value.value().length > 0) ? value.value()[0] : null);
			Class<?> element = ResolvableType.forType(component.getGenericType()).getGeneric(0).resolve();
			return (element != null && element.isRecord())
					? Stream.concat(Stream.of(setting), settings(name + "[i]", element)) : Stream.of(setting);
		});
	}

	private static @Nullable DefaultValue defaultValue(Class<?> type, RecordComponent component) {
		return Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
			.filter((parameter) -> parameter.getName().equals(component.getName()))
			.map((parameter) -> parameter.getAnnotation(DefaultValue.class))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
	}

	/** Settings of list elements are beyond the metadata format. */
	static Stream<Setting> settingsOutsideLists() {
		return settings().filter((setting) -> !setting.name().contains("[i]"));
	}

	@ParameterizedTest
	@MethodSource("settingsOutsideLists")
	void metadataDescribesTheSettingAndItsDefault(Setting setting) throws IOException {
		Map<String, Map<String, Object>> properties = metadata();
		assertThat(properties).containsKey(setting.name());
		Map<String, Object> property = Objects.requireNonNull(properties.get(setting.name()));
		String description = String.valueOf(property.get("description"));
		assertThat(description).as("description").hasSizeGreaterThan(20).doesNotContain("{@", "null");
		if (setting.defaultValue() != null) {
			assertThat(property.get("defaultValue")).as("default").isNotNull();
		}
		else {
			assertThat(description).as("what happens when it is not set").containsAnyOf("by default", "without any");
		}
	}

	/** Includes settings of classes that are not listed here. */
	@Test
	void metadataHasNoSettingWithoutADescription() throws IOException {
		Map<String, Map<String, Object>> properties = metadata();
		assertThat(properties.keySet()).containsAll(settingsOutsideLists().map(Setting::name).toList());
		assertThat(properties).allSatisfy((name, property) -> {
			assertThat(property.get("description")).as("description of " + name).isInstanceOf(String.class);
			assertThat(String.valueOf(property.get("description"))).as("description of " + name)
				.isNotBlank()
				.doesNotContainPattern("(?i)\\b(answers?|looks?|patience|told|asked)\\b");
		});
	}

	@ParameterizedTest
	@MethodSource("settings")
	void readmeDescribesTheSetting(Setting setting) throws IOException {
		assertThat(Files.readString(Path.of("README.md")))
			.contains("`" + setting.name().substring("read-replica-routing.".length()));
	}

	/** A row of its own with meaning, interaction and default. */
	@ParameterizedTest
	@MethodSource("settings")
	void readmeStatesTheDefaultOfTheSetting(Setting setting) throws IOException {
		String name = setting.name().substring("read-replica-routing.".length());
		if (!name.equals("replicas")) {
			List<String> rows = Files.readAllLines(Path.of("README.md"))
				.stream()
				.filter((line) -> line.startsWith("| `" + name + "` | "))
				.toList();
			assertThat(rows).as("rows of " + name).hasSize(1);
			List<String> cells = List.of(rows.get(0).split("\\|", -1));
			assertThat(cells).as("cells of " + name).hasSize(6);
			assertThat(cells.get(4)).as("default of " + name)
				.contains((setting.defaultValue() != null) ? "`" + setting.defaultValue() + "`" : " ")
				.isNotBlank();
		}
	}

	private static Map<String, Map<String, Object>> metadata() throws IOException {
		try (InputStream json = Objects.requireNonNull(
				DocumentationTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			List<Map<String, Object>> properties = JsonPath.read(json, "$.properties");
			Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
			properties.forEach((property) -> byName.put(String.valueOf(property.get("name")), property));
			return byName;
		}
	}

	private record Setting(String name, @Nullable String defaultValue) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
