package com.foobar.web.members;

import java.time.Instant;

/**
 * What everybody may know of a member.
 *
 * @param id unique and stable
 * @param name as the member wrote it
 * @param createdAt when the member joined
 */
public record MemberView(long id, String name, Instant createdAt) {

}
