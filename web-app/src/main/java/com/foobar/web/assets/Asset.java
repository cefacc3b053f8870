package com.foobar.web.assets;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.HttpResource;

/**
 * A file as a response returns it, held in memory. It has no modification date: all files
 * of a jar have the same one, so an instance of another version would respond 304 for its
 * own, different file. Immutable.
 */
final class Asset extends ByteArrayResource implements HttpResource {

	private final String name;

	private final @Nullable String hash;

	private Asset(byte[] content, String name, @Nullable String hash) {
		super(content, name);
		this.name = name;
		this.hash = hash;
	}

	/** Under a name with the content's hash, which never gets another content. */
	static Asset cacheable(byte[] content, String name, String hash) {
		return new Asset(content, name, hash);
	}

	/** Under any other name. It must not be stored under that name. */
	Asset uncacheable() {
		return new Asset(getByteArray(), this.name, null);
	}

	/**
	 * The entity tag.
	 * @return {@code null} if the asset must not be stored
	 */
	@Nullable String entityTag() {
		return this.hash;
	}

	@Override
	public HttpHeaders getResponseHeaders() {
		HttpHeaders headers = new HttpHeaders();
		if (this.hash == null) {
			headers.setCacheControl(CacheControl.noStore());
		}
		return headers;
	}

	@Override
	public String getFilename() {
		return this.name;
	}

	@Override
	public long lastModified() throws IOException {
		return -1;
	}

}
