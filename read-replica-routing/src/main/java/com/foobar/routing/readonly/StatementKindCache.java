package com.foobar.routing.readonly;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the kinds of prepared statements by their text. Bounded: it is cleared when it
 * is full, since an application with more texts than that puts values into them.
 * Thread-safe.
 */
final class StatementKindCache {

	private static final int MAX_TEXTS = 1024;

	/** In characters; a longer text is classified each time. */
	private static final int MAX_LENGTH = 4096;

	private final Map<String, StatementKind> kinds = new ConcurrentHashMap<>();

	StatementKind of(String sql) {
		if (sql.length() > MAX_LENGTH) {
			return StatementClassifier.classify(sql);
		}
		StatementKind known = this.kinds.get(sql);
		if (known == null) {
			known = StatementClassifier.classify(sql);
			if (this.kinds.size() >= MAX_TEXTS) {
				this.kinds.clear();
			}
			this.kinds.put(sql, known);
		}
		return known;
	}

	int size() {
		return this.kinds.size();
	}

}
