package com.foobar.web.members;

import java.time.Instant;

/**
 * The public data of a member.
 *
 * @param id unique and stable
 * @param name the name that the member chose
 * @param createdAt when the member joined
 */
public record MemberView(long id, String name, Instant createdAt) {

}
