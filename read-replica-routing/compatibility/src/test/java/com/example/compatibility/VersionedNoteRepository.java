package com.example.compatibility;

import org.springframework.data.jpa.repository.JpaRepository;

/** Exported by Spring Data REST. */
public interface VersionedNoteRepository extends JpaRepository<VersionedNote, Long> {

}
