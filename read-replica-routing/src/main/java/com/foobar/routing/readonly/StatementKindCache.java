package com.foobar.routing.readonly;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was found of the texts of prepared statements, which come again and
 * again. Bounded: it starts anew when it is full, since an application that makes more
 * texts than that puts values into them. Thread-safe.
 */
final class StatementKindCache {

	private static final int MAX_TEXTS = 1024;

	/** Characters; a longer text is read each time. */
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
