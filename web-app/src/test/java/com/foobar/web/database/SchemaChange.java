package com.foobar.web.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a schema change that break an application of the previous schema. Compares
 * the schema only, not the data.
 */
final class SchemaChange {

	private final Schema before;

	private final Schema after;

	private final List<String> findings = new ArrayList<>();

	private SchemaChange(Schema before, Schema after) {
		this.before = before;
		this.after = after;
	}

	static List<String> findings(Schema before, Schema after) {
		SchemaChange change = new SchemaChange(before, after);
		change.before.tables().forEach(change::compare);
		change.after.tables().forEach(change::references);
		return List.copyOf(change.findings);
	}

	private void compare(String name, Schema.Table old) {
		Schema.Table table = this.after.tables().get(name);
		if (table == null) {
			this.findings.add("drops table " + name);
			return;
		}
		old.columns().forEach((column, was) -> compare(name + "." + column, was, table.columns().get(column)));
		table.columns().forEach((column, is) -> {
			if (!old.columns().containsKey(column) && !is.isOptional()) {
				this.findings.add("adds column " + name + "." + column + ", which has to be said");
			}
		});
		old.indexes().forEach((index, was) -> {
			if (!was.equals(table.indexes().get(index))) {
				this.findings.add("drops or changes index " + name + "." + index);
			}
		});
		table.indexes().forEach((index, is) -> {
			if (is.unique() && !old.indexes().containsKey(index) && !isOfNew(is.columns(), old, table)) {
				this.findings.add("adds unique index " + name + "." + index);
			}
		});
		if (!old.rules().equals(table.rules())) {
			this.findings.add("changes checks or triggers of " + name);
		}
	}

	private void compare(String name, Schema.Column old, Schema.@Nullable Column column) {
		if (column == null) {
			this.findings.add("drops column " + name);
			return;
		}
		if (!old.type().equals(column.type()) || !old.extra().equals(column.extra())) {
			this.findings.add("changes the type of " + name);
		}
		if (old.nullable() != column.nullable()) {
			this.findings.add(column.nullable() ? "makes " + name + " nullable" : "makes " + name + " not nullable");
		}
		if (old.isOptional() && !Objects.equals(old.preset(), column.preset())) {
			this.findings.add("changes the default of " + name);
		}
	}

	private void references(String name, Schema.Table table) {
		Schema.Table old = this.before.tables().getOrDefault(name, new Schema.Table());
		boolean known = this.before.tables().containsKey(name);
		old.references().forEach((reference, was) -> {
			if (!was.equals(table.references().get(reference))) {
				this.findings.add("drops or changes foreign key " + name + "." + reference);
			}
		});
		table.references().forEach((reference, is) -> {
			if (old.references().containsKey(reference)) {
				return;
			}
			if (known && !isOfNew(is.columns(), old, table)) {
				this.findings.add("adds foreign key " + name + "." + reference);
			}
			else if (is.keepsRowsFromBeingDeleted() && this.before.tables().containsKey(is.table())) {
				this.findings.add("prevents deletes from " + is.table() + " by " + name + "." + reference);
			}
		});
	}

	/** Whether one is new, and empty in each row that the old version writes. */
	private static boolean isOfNew(Iterable<String> columns, Schema.Table old, Schema.Table table) {
		for (String name : columns) {
			Schema.Column column = table.columns().get(name);
			if (column != null && !old.columns().containsKey(name) && column.nullable() && column.preset() == null) {
				return true;
			}
		}
		return false;
	}

}
