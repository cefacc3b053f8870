package com.foobar.web.notices;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/**
 * The table of notices, for single rows.
 */
interface Notices extends Repository<Notice, Long> {

	Optional<Notice> findById(long id);

	Notice saveAndFlush(Notice notice);

	void delete(Notice notice);

	void flush();

}
