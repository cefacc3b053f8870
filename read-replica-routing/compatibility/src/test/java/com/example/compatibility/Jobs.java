package com.example.compatibility;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * What the jobs of all libraries do: look for a row that was committed with their order.
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
