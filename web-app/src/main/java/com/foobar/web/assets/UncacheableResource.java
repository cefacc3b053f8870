package com.foobar.web.assets;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.HttpResource;

/**
 * An asset that must not be stored under the requested name. It has no modification date:
 * all files of a jar have the same one, so an instance of another version would respond
 * 304 for its own, different file. Immutable.
 */
final class UncacheableResource extends AbstractResource implements HttpResource {

	private final Resource content;

	UncacheableResource(Resource content) {
		this.content = content;
	}

	Resource content() {
		return this.content;
	}

	@Override
	public HttpHeaders getResponseHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl(CacheControl.noStore());
		return headers;
	}

	@Override
	public long lastModified() {
		return -1;
	}

	@Override
	public boolean exists() {
		return this.content.exists();
	}

	@Override
	public long contentLength() throws IOException {
		return this.content.contentLength();
	}

	@Override
	public @Nullable String getFilename() {
		return this.content.getFilename();
	}

	@Override
	public String getDescription() {
		return this.content.getDescription() + ", uncacheable";
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return this.content.getInputStream();
	}

}
