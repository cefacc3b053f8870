package com.foobar.web.notices;

import java.time.Instant;

/**
 * A notice as clients see it.
 *
 * @param id unique and stable
 * @param title one line
 * @param body plain text, one or more lines
 * @param author the author
 * @param createdAt when it was posted
 * @param version the number of changes, the value of {@code ETag} and {@code If-Match}
 */
public record NoticeView(long id, String title, String body, NoticeAuthor author, Instant createdAt, int version) {

}
