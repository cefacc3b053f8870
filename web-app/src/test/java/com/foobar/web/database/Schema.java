package com.foobar.web.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A schema as read from {@code information_schema}, without Flyway's own table.
 *
 * @param tables by name
 */
record Schema(Map<String, Table> tables) {

	private static final String HERE = " WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history'";

	/**
	 * A table.
	 *
	 * @param columns by name, in their order
	 * @param indexes by name
	 * @param references its foreign keys, by name
	 * @param rules its checks and triggers: names, and what they say
	 */
	record Table(Map<String, Column> columns, Map<String, Index> indexes, Map<String, Reference> references,
			Map<String, String> rules) {

		Table() {
			this(new LinkedHashMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
		}

	}

	/**
	 * A column.
	 *
	 * @param type its type with length, character set and collation
	 * @param nullable whether it may be empty
	 * @param preset what it is set to if nothing is said; {@code null} if it has to be
	 * said
	 * @param extra what else is said of it, such as {@code auto_increment}
	 */
	record Column(String type, boolean nullable, @Nullable String preset, String extra) {

		boolean isOptional() {
			return this.nullable || this.preset != null || this.extra.contains("auto_increment") || isGenerated();
		}

		boolean isGenerated() {
			return this.extra.contains("generated") && !this.extra.contains("default_generated");
		}

	}

	/**
	 * An index.
	 *
	 * @param unique whether it forbids rows
	 * @param kind such as {@code BTREE}
	 * @param columns what it holds
	 */
	record Index(boolean unique, String kind, List<String> columns) {

	}

	/**
	 * A foreign key.
	 *
	 * @param columns where it points from
	 * @param table where it points to
	 * @param onDelete what becomes of a row when the one that it points to is deleted
	 */
	record Reference(Set<String> columns, String table, String onDelete) {

		boolean keepsRowsFromBeingDeleted() {
			return !this.onDelete.equals("CASCADE") && !this.onDelete.equals("SET NULL");
		}

	}

	static Schema read(Connection connection) throws SQLException {
		Map<String, Table> tables = new TreeMap<>();
		try (Statement statement = connection.createStatement()) {
			columns(statement, tables);
			indexes(statement, tables);
			references(statement, tables);
			rules(statement, tables);
		}
		return new Schema(tables);
	}

	private static void columns(Statement statement, Map<String, Table> tables) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SELECT table_name, column_name, CONCAT_WS(' ', column_type,"
				+ " character_set_name, collation_name), is_nullable, column_default, LOWER(extra)"
				+ " FROM information_schema.columns" + HERE + " ORDER BY table_name, ordinal_position")) {
			while (rows.next()) {
				// MariaDB reports a missing default as the text "NULL".
				String preset = rows.getString(5);
				table(tables, rows).columns()
					.put(rows.getString(2), new Column(rows.getString(3), rows.getString(4).equals("YES"),
							"NULL".equals(preset) ? null : preset, rows.getString(6)));
			}
		}
	}

	private static void indexes(Statement statement, Map<String, Table> tables) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SELECT table_name, index_name, non_unique, index_type,"
				+ " column_name FROM information_schema.statistics" + HERE
				+ " ORDER BY table_name, index_name, seq_in_index")) {
			while (rows.next()) {
				boolean unique = rows.getInt(3) == 0;
				String kind = rows.getString(4);
				table(tables, rows).indexes()
					.computeIfAbsent(rows.getString(2), (name) -> new Index(unique, kind, new ArrayList<>()))
					.columns()
					.add(String.valueOf(rows.getString(5)));
			}
		}
	}

	private static void references(Statement statement, Map<String, Table> tables) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SELECT c.table_name, c.constraint_name, c.referenced_table_name,"
				+ " c.delete_rule, k.column_name FROM information_schema.referential_constraints c"
				+ " JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema"
				+ " AND k.constraint_name = c.constraint_name AND k.table_name = c.table_name"
				+ " WHERE c.constraint_schema = DATABASE() ORDER BY k.ordinal_position")) {
			while (rows.next()) {
				String target = rows.getString(3);
				String onDelete = rows.getString(4);
				table(tables, rows).references()
					.computeIfAbsent(rows.getString(2),
							(name) -> new Reference(new LinkedHashSet<>(), target, onDelete))
					.columns()
					.add(rows.getString(5));
			}
		}
	}

	private static void rules(Statement statement, Map<String, Table> tables) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SELECT t.table_name, t.constraint_name, c.check_clause"
				+ " FROM information_schema.table_constraints t JOIN information_schema.check_constraints c"
				+ " ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name"
				+ " WHERE t.table_schema = DATABASE() AND t.constraint_type = 'CHECK'")) {
			while (rows.next()) {
				table(tables, rows).rules().put("check " + rows.getString(2), rows.getString(3));
			}
		}
		try (ResultSet rows = statement.executeQuery("SELECT event_object_table, trigger_name, action_statement"
				+ " FROM information_schema.triggers WHERE trigger_schema = DATABASE()")) {
			while (rows.next()) {
				table(tables, rows).rules().put("trigger " + rows.getString(2), rows.getString(3));
			}
		}
	}

	private static Table table(Map<String, Table> tables, ResultSet row) throws SQLException {
		return tables.computeIfAbsent(row.getString(1), (name) -> new Table());
	}

}
