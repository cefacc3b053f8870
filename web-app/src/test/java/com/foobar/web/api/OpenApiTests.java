package com.foobar.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import com.foobar.web.members.AdministratorView;
import com.foobar.web.members.MemberView;
import com.foobar.web.members.NewMember;
import com.foobar.web.notices.NoticeAuthor;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeView;
import com.foobar.web.sessions.SignInForm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document matches the controllers: the same operations and fields.
 */
class OpenApiTests {

	private static final ClassPathResource DOCUMENT = new ClassPathResource("openapi.yaml");

	@Test
	void documentHasTheOperationsOfTheControllersAndNoOther() throws ClassNotFoundException {
		Set<String> documented = Operation.read(DOCUMENT)
			.stream()
			.map((operation) -> operation.method() + " " + operation.path())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(documented).isEqualTo(mapped()).hasSizeGreaterThan(8);
	}

	@ParameterizedTest
	@ValueSource(classes = { NoticeView.class, NoticeDraft.class, NoticePage.class, NoticeAuthor.class,
			MemberView.class, AdministratorView.class, NewMember.class, SignInForm.class })
	void schemaHasTheFieldsOfTheRecord(Class<?> type) {
		assertThat(schema(type.getSimpleName()).keySet()).map(Object::toString)
			.containsExactlyInAnyOrderElementsOf(
					Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
	}

	@Test
	void operationIdsAreUnique() {
		assertThat(Operation.read(DOCUMENT)).map(Operation::id).doesNotHaveDuplicates();
	}

	private static Map<?, ?> schema(String name) {
		try (InputStream stream = DOCUMENT.getInputStream()) {
			Object found = new Yaml().load(stream);
			for (String key : List.of("components", "schemas", name, "properties")) {
				found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
			}
			return (Map<?, ?>) found;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> mapped() throws ClassNotFoundException {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
		Set<String> mapped = new TreeSet<>();
		for (var candidate : scanner.findCandidateComponents("com.foobar.web")) {
			Class<?> controller = ClassUtils.forName(Objects.requireNonNull(candidate.getBeanClassName()), null);
			String base = mapping(controller).path()[0];
			Stream.of(controller.getDeclaredMethods())
				.filter((method) -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
				.forEach((method) -> {
					RequestMapping mapping = mapping(method);
					String path = base + ((mapping.path().length > 0) ? mapping.path()[0] : "");
					mapped.add(mapping.method()[0] + " " + path);
				});
		}
		return mapped;
	}

	private static RequestMapping mapping(AnnotatedElement element) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
		assertThat(mapping).isNotNull();
		return Objects.requireNonNull(mapping);
	}

}
