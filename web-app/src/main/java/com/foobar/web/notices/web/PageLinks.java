package com.foobar.web.notices.web;

import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeSort;

/**
 * The {@code Link} header of a page (RFC 8288). Targets are relative, because only the
 * gateway has the public host name. {@code last} is included if the total is exact.
 */
final class PageLinks {

	private PageLinks() {
	}

	static String header(String path, NoticePage page, @Nullable String text, NoticeSort sort) {
		StringJoiner links = new StringJoiner(", ");
		links.add(link("first", path, 0, page.size(), text, sort));
		if (page.page() > 0) {
			links.add(link("prev", path, page.previousPage(), page.size(), text, sort));
		}
		if (page.hasNext()) {
			links.add(link("next", path, page.page() + 1, page.size(), text, sort));
		}
		if (page.totalIsExact()) {
			links.add(link("last", path, page.lastCountedPage(), page.size(), text, sort));
		}
		return links.toString();
	}

	private static String link(String relation, String path, int page, int size, @Nullable String text,
			NoticeSort sort) {
		UriComponentsBuilder target = UriComponentsBuilder.fromPath(path);
		if (text != null && !text.isBlank()) {
			target.queryParam("q", "{q}");
		}
		target.queryParam("page", page).queryParam("size", size).queryParam("sort", sort.key());
		String uri = (text != null && !text.isBlank()) ? target.encode().buildAndExpand(text).toUriString()
				: target.encode().build().toUriString();
		return "<" + uri + ">; rel=\"" + relation + "\"";
	}

}
