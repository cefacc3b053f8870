package com.example.compatibility;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * The work of all jobs: read a row that was committed together with the job.
 */
@Component
public class Jobs {

	private final Board board;

	private final Map<String, Boolean> found = new ConcurrentHashMap<>();

	Jobs(Board board) {
		this.board = board;
	}

	public void look(String text) {
		this.found.put(text, this.board.has(text));
	}

	/** Whether a job found its row, {@code null} until it has run. */
	Boolean found(String text) {
		return this.found.get(text);
	}

}
