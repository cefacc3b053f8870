package com.foobar.web.members;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/**
 * The table of members.
 */
interface Members extends Repository<Member, Long> {

	Optional<Member> findById(long id);

	Member saveAndFlush(Member member);

}
