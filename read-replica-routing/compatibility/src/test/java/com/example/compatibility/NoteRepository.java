package com.example.compatibility;

import org.springframework.data.jpa.repository.JpaRepository;

/** Exported by Spring Data REST. */
public interface NoteRepository extends JpaRepository<Note, Long> {

}
