package com.foobar.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that each setting is described in the metadata and in the README, with its
 * default.
 */
class DocumentationTests {

	static List<Setting> settings() throws IOException {
		try (InputStream json = Objects.requireNonNull(
				DocumentationTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			List<Map<String, Object>> properties = JsonPath.read(json, "$.properties");
			return properties.stream()
				.map((property) -> new Setting(String.valueOf(property.get("name")),
						String.valueOf(property.get("description")), property.get("defaultValue")))
				.toList();
		}
	}

	/** The cells of each row that starts with a setting. */
	private static Map<String, List<String>> documented() throws IOException {
		Map<String, List<String>> documented = new LinkedHashMap<>();
		Files.readAllLines(Path.of("README.md"))
			.stream()
			.filter((line) -> line.startsWith("| `foobar."))
			.forEach((line) -> {
				List<String> cells = Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
					.map(String::strip)
					.toList();
				documented.put(cells.get(0).replace("`", ""), cells);
			});
		return documented;
	}

	@ParameterizedTest
	@MethodSource("settings")
	void metadataDescribesTheSetting(Setting setting) {
		assertThat(setting.description()).hasSizeGreaterThan(10)
			.doesNotContain("{@", "null")
			.doesNotContainPattern("\\b(answers?|answered|whoever|who|he|his|for ever)\\b");
	}

	@ParameterizedTest
	@MethodSource("settings")
	void readmeDescribesTheSettingAndItsDefault(Setting setting) throws IOException {
		List<String> cells = Objects.requireNonNull(documented().get(setting.name()), "row");
		assertThat(cells).as("setting, meaning, default").hasSize(3);
		assertThat(cells.get(1)).as("meaning").hasSizeGreaterThan(10).endsWith(".");
		if (setting.defaultValue() != null) {
			assertThat(cells.get(2)).as("default").isEqualTo("`" + setting.defaultValue() + "`");
		}
		else {
			assertThat(cells.get(2)).as("what happens when it is not set").isNotEmpty();
		}
	}

	@Test
	void readmeDescribesNothingElse() throws IOException {
		assertThat(documented().keySet())
			.containsExactlyInAnyOrderElementsOf(settings().stream().map(Setting::name).toList());
	}

	/** A setting that is read by its name alone would be in no metadata. */
	@Test
	void everySettingIsInTheMetadata() throws IOException {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		List<String> declared = scanner.findCandidateComponents("com.foobar.web")
			.stream()
			.map((bean) -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
			.flatMap(DocumentationTests::names)
			.toList();
		assertThat(settings().stream().map(Setting::name)).hasSizeGreaterThan(15)
			.containsExactlyInAnyOrderElementsOf(declared);
	}

	private static Stream<String> names(Class<?> type) {
		String prefix = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value();
		return Arrays.stream(Objects.requireNonNull(type.getRecordComponents(), () -> type + " is no record"))
			.map((component) -> prefix + "."
					+ component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
	}

	private record Setting(String name, String description, @Nullable Object defaultValue) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
