package com.foobar.web.members;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The table of members.
 */
interface Members extends Repository<Member, Long> {

	Optional<Member> findById(long id);

	Optional<Member> findByEmail(String email);

	boolean existsByAdministratorTrue();

	List<Member> findByAdministratorTrueOrderById();

	/** Reads only the id: a row to be locked must be read with the lock. */
	@Query("SELECT m.id FROM Member m WHERE m.email = :email")
	Optional<Long> findIdByEmail(String email);

	/**
	 * Native SQL: the syntax that Hibernate generates for MySQL is invalid on MariaDB.
	 */
	@Query(nativeQuery = true, value = "SELECT * FROM members WHERE id IN (:ids) ORDER BY id FOR UPDATE")
	List<Member> lock(Collection<Long> ids);

	Member saveAndFlush(Member member);

	void delete(Member member);

	void flush();

}
