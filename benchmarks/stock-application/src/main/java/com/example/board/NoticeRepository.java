package com.example.board;

import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

/**
 * Fetches the author with the notice, in the same query.
 */
interface NoticeRepository extends JpaRepository<Notice, Long> {

	@Override
	@EntityGraph(attributePaths = "author")
	Page<Notice> findAll(Pageable pageable);

	@Override
	@EntityGraph(attributePaths = "author")
	Optional<Notice> findById(Long id);

}
