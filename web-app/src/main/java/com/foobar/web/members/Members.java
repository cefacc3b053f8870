package com.foobar.web.members;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/**
 * The table of members.
 */
interface Members extends Repository<Member, Long> {

	Optional<Member> findById(long id);

	Optional<Member> findByEmail(String email);

	boolean existsByAdministratorTrue();

	Member saveAndFlush(Member member);

	void delete(Member member);

	void flush();

}
