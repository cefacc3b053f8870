package com.foobar.web.notices.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.foobar.web.assets.Assets;
import com.foobar.web.notices.NoticeDraft;
import com.foobar.web.page.PageContext;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That text of users is text in every place of the HTML.
 */
class NoticeTemplatesTests {

	private static final String HOSTILE = "</title><script>alert(1)</script>\" onfocus=\"alert(2) '&";

	private static final String ESCAPED = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\" onfocus=\"alert(2) '&amp;";

	private static final String ESCAPED_IN_ATTRIBUTE = "&lt;/title>&lt;script>alert(1)&lt;/script>&#34; onfocus=&#34;alert(2) &#39;&amp;";

	private static final ShownNotice NOTICE = new ShownNotice(7, HOSTILE, HOSTILE, HOSTILE, true, 3L, HOSTILE,
			Instant.EPOCH, "1 January 1970, 00:00 UTC", "1 Jan 1970", 0, true);

	private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html,
			getClass().getClassLoader(), "com.foobar.web");

	private final PageContext context = new PageContext(null, null, false, BeanUtils.instantiateClass(Assets.class));

	@Test
	void escapesTheTextOfANotice() {
		String page = render("notice", Map.of("notice", NOTICE));
		assertThat(page).contains("<title>" + ESCAPED + " · foobar</title>", "<h1>" + ESCAPED + "</h1>",
				"<a href=\"/members/3\">" + ESCAPED + "</a>", "<p class=\"notice-text\">" + ESCAPED + "</p>");
		assertThat(page).doesNotContain("<script");
	}

	@Test
	void escapesSearchesAndDraftsInAttributesAndLinks() {
		BoardPage board = new BoardPage(true, List.of(NOTICE), 1, "1", 1, 0, null, "Page 2", HOSTILE, null);
		String page = render("board", Map.of("board", board, "draft", new NoticeDraft(HOSTILE, HOSTILE), "messages",
				Map.of("title", HOSTILE)));
		assertThat(page).contains("value=\"" + ESCAPED_IN_ATTRIBUTE + "\"", "<q>" + ESCAPED + "</q>",
				"<h2><a href=\"/notices/7\">" + ESCAPED + "</a></h2>", ESCAPED + "</textarea>",
				"<a rel=\"prev\" href=\"/?q=%3C%2Ftitle%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%20onfocus",
				"The title " + ESCAPED);
		assertThat(page).doesNotContain("<script");
	}

	private String render(String name, Map<String, Object> model) {
		Map<String, Object> parameters = new HashMap<>(model);
		parameters.put("context", this.context);
		StringOutput page = new StringOutput();
		this.templates.render("notices/web/" + name + ".jte", parameters, page);
		return page.toString();
	}

}
