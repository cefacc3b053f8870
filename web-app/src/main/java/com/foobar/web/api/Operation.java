package com.foobar.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.core.io.Resource;

/**
 * One operation of the OpenAPI document, as the API page shows it. Immutable.
 *
 * @param id unique in the document
 * @param method the HTTP method
 * @param path the path with its variables in braces
 * @param summary one line
 * @param parameters in the path, in the query and in headers
 * @param sample a sample body, {@code null} if there is none
 * @param signedIn whether a sign-in is required
 */
public record Operation(String id, String method, String path, String summary, List<Parameter> parameters,
		@Nullable String sample, boolean signedIn) {

	private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

	private static final Map<String, String> SAMPLES = Map.of("postNotice",
			"{\n  \"title\": \"Choir needs two basses\",\n  \"body\": \"Thursdays at seven.\"\n}", "changeNotice",
			"{\n  \"title\": \"Choir needs one bass\",\n  \"body\": \"Thursdays at seven.\"\n}", "join",
			"{\n  \"name\": \"Ada\",\n  \"email\": \"ada@example.org\",\n  \"password\": \"correct horse battery\"\n}",
			"signIn", "{\n  \"email\": \"ada@example.org\",\n  \"password\": \"correct horse battery\"\n}");

	/**
	 * One parameter.
	 *
	 * @param name its name
	 * @param in its location: path, query or header
	 */
	public record Parameter(String name, String in) {

	}

	static List<Operation> read(Resource document) {
		try (InputStream stream = document.getInputStream()) {
			Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
			List<Operation> operations = new ArrayList<>();
			map(root.get("paths")).forEach((path, item) -> map(item).forEach((method, operation) -> {
				if (METHODS.contains(method.toString())) {
					operations.add(of(path.toString(), method.toString(), map(item), map(operation)));
				}
			}));
			return List.copyOf(operations);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Operation of(String path, String method, Map<?, ?> item, Map<?, ?> operation) {
		List<Parameter> parameters = new ArrayList<>(parameters(item));
		parameters.addAll(parameters(operation));
		String id = String.valueOf(operation.get("operationId"));
		return new Operation(id, method.toUpperCase(Locale.ROOT), path, String.valueOf(operation.get("summary")),
				List.copyOf(parameters), SAMPLES.get(id), operation.get("security") != null);
	}

	private static List<Parameter> parameters(Map<?, ?> holder) {
		List<Parameter> parameters = new ArrayList<>();
		if (holder.get("parameters") instanceof List<?> list) {
			list.forEach((entry) -> parameters
				.add(new Parameter(String.valueOf(map(entry).get("name")), String.valueOf(map(entry).get("in")))));
		}
		return parameters;
	}

	private static Map<?, ?> map(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		throw new IllegalStateException("openapi.yaml has " + value + "; expected a mapping");
	}

}
