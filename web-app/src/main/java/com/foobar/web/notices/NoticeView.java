package com.foobar.web.notices;

import java.time.Instant;

/**
 * A notice as readers see it.
 *
 * @param id unique and stable
 * @param title one line
 * @param body plain text, may have several lines
 * @param author who wrote it
 * @param createdAt when it was written
 * @param version counts the changes; what {@code ETag} and {@code If-Match} speak of
 */
public record NoticeView(long id, String title, String body, NoticeAuthor author, Instant createdAt, int version) {

}
