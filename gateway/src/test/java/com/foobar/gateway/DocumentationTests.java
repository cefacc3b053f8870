package com.foobar.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the documentation and the metadata describe each setting and its default.
 */
class DocumentationTests {

	private static final Path PAGE = Path.of("..", "docs", "gateway.md");

	/** Settings that are not in the metadata, because no record declares them. */
	private static final List<String> OTHERS = List.of("foobar.server-timing");

	static Stream<Setting> settings() {
		try (InputStream json = Objects.requireNonNull(
				DocumentationTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			List<Map<String, Object>> properties = JsonPath.read(json, "$.properties");
			return properties.stream()
				.map((property) -> new Setting(String.valueOf(property.get("name")),
						String.valueOf(property.get("description")), property.get("defaultValue")))
				.filter((setting) -> setting.name().startsWith("gateway."));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The cells of each table row that starts with a setting. */
	private static Map<String, List<String>> documented() throws IOException {
		Map<String, List<String>> documented = new LinkedHashMap<>();
		for (String line : Files.readAllLines(PAGE)) {
			if (line.startsWith("| `gateway.") || line.startsWith("| `foobar.")) {
				List<String> cells = Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
					.map(String::strip)
					.toList();
				documented.put(cells.get(0).replace("`", ""), cells);
			}
		}
		return documented;
	}

	@ParameterizedTest
	@MethodSource("settings")
	void pageDescribesTheSettingAndItsDefault(Setting setting) throws IOException {
		assertThat(documented()).containsKey(setting.name());
		List<String> cells = Objects.requireNonNull(documented().get(setting.name()));
		assertThat(cells).as("property, meaning, together with, default").hasSize(4);
		assertThat(cells.get(1)).as("meaning").hasSizeGreaterThan(10).endsWith(".");
		Object value = setting.defaultValue();
		if (value != null) {
			assertThat(cells.get(3)).as("default").isEqualTo("`" + value + "`");
		}
		else {
			assertThat(cells.get(3)).as("what happens when it is not set").isNotEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void metadataDescribesTheSetting(Setting setting) {
		assertThat(setting.description()).hasSizeGreaterThan(10)
			.doesNotContain("{@", "null")
			.doesNotContainPattern("\\b(answers?|answered|whoever|who|he|his|for ever)\\b");
	}

	@Test
	void metadataContainsEverySetting() {
		Set<String> described = settings().map(Setting::name).collect(Collectors.toSet());
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		Set<String> declared = scanner.findCandidateComponents("com.foobar.gateway")
			.stream()
			.map((bean) -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
			.flatMap(DocumentationTests::names)
			.collect(Collectors.toSet());
		assertThat(declared).hasSizeGreaterThan(40).isEqualTo(described);
	}

	private static Stream<String> names(Class<?> type) {
		String prefix = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value();
		return Arrays.stream(Objects.requireNonNull(type.getRecordComponents(), () -> type + " is no record"))
			.map((component) -> prefix + "." + DataObjectPropertyName.toDashedForm(component.getName()));
	}

	@Test
	void pageDescribesNoOtherSetting() throws IOException {
		Map<String, Setting> settings = new TreeMap<>();
		settings().forEach((setting) -> settings.put(setting.name(), setting));
		OTHERS.forEach((name) -> settings.put(name, new Setting(name, "", null)));
		assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(settings.keySet());
	}

	private record Setting(String name, String description, @Nullable Object defaultValue) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
