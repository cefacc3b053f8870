package com.foobar.web.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

import com.foobar.routing.Topology;
import com.foobar.web.assets.Assets;
import com.foobar.web.members.SignedIn;
import com.foobar.web.route.Route;
import com.foobar.web.sessions.Sessions;

/**
 * Renders pages with the compiled templates of {@code src/main/jte}. The name of a view
 * is the path of its template without the extension. A page is rendered completely before
 * the response starts, so a failed template results in an error page. Thread-safe.
 */
final class PageViewResolver implements ViewResolver, Ordered {

	/** The model attribute that overrides the state of the topology. */
	static final String READ_ONLY = "readOnly";

	private static final String HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8).toString();

	/** Templates are in the packages of their controllers. */
	private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html,
			PageViewResolver.class.getClassLoader(), "com.foobar.web");

	/** Empty without replicas. */
	private final Supplier<@Nullable Topology> topology;

	private final Assets assets;

	PageViewResolver(ObjectProvider<Topology> topology, Assets assets) {
		this.topology = SingletonSupplier.ofNullable(topology::getIfAvailable);
		this.assets = assets;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable View resolveViewName(String name, Locale locale) {
		return name.startsWith("redirect:") ? null
				: (model, request, response) -> render(name, (model != null) ? model : Map.of(), request, response);
	}

	private void render(String name, Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Map<String, Object> parameters = new HashMap<>(model);
		parameters.put("context", context(model, request));
		Utf8ByteOutput page = new Utf8ByteOutput();
		this.templates.render(name + ".jte", parameters, page);
		response.setContentType(HTML);
		response.setHeader(HttpHeaders.CONTENT_LANGUAGE, "en");
		response.setContentLength(page.getContentLength());
		response.getOutputStream().write(page.toByteArray());
	}

	private PageContext context(Map<String, ?> model, HttpServletRequest request) {
		return new PageContext((request.getAttribute(Sessions.ATTRIBUTE) instanceof SignedIn member) ? member : null,
				(request.getAttribute(Route.ATTRIBUTE) instanceof Route route) ? route : null,
				Boolean.TRUE.equals(model.get(READ_ONLY)) || isReadOnly(), this.assets);
	}

	private boolean isReadOnly() {
		Topology current = this.topology.get();
		return current != null && !current.snapshot().canWrite();
	}

}
