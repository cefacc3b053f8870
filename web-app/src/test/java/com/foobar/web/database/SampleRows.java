package com.foobar.web.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes and reads rows as an application of a given schema does: it names that schema's
 * tables and columns and no others. Texts have the maximum length.
 *
 * @param schema the schema of that application
 */
record SampleRows(Schema schema) {

	private static final Pattern LENGTH = Pattern.compile("\\((\\d+)");

	/**
	 * Insert one row into each table, which references the rows of the same number.
	 */
	void insert(Connection connection, int number) throws SQLException {
		for (String table : inOrder()) {
			List<String> columns = columns(table);
			String values = columns.stream().map((column) -> "?").collect(Collectors.joining(", "));
			try (PreparedStatement insert = connection.prepareStatement(
					"INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + values + ")")) {
				for (int i = 0; i < columns.size(); i++) {
					insert.setObject(i + 1, value(table, columns.get(i), number));
				}
				insert.executeUpdate();
			}
		}
	}

	/**
	 * Update each row to its own values.
	 */
	void update(Connection connection) throws SQLException {
		for (String table : inOrder()) {
			String same = columns(table).stream()
				.map((column) -> column + " = " + column)
				.collect(Collectors.joining(", "));
			try (PreparedStatement update = connection.prepareStatement("UPDATE " + table + " SET " + same)) {
				update.executeUpdate();
			}
		}
	}

	/**
	 * Delete all rows of all tables, in the order of their references.
	 */
	void delete(Connection connection) throws SQLException {
		for (String table : inOrder()) {
			try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table)) {
				delete.executeUpdate();
			}
		}
	}

	/**
	 * Read all rows of all tables.
	 */
	Map<String, List<String>> read(Connection connection) throws SQLException {
		Map<String, List<String>> content = new LinkedHashMap<>();
		for (String table : inOrder()) {
			List<String> columns = columns(table);
			List<String> found = new ArrayList<>();
			try (PreparedStatement select = connection
				.prepareStatement("SELECT " + String.join(", ", columns) + " FROM " + table + " ORDER BY 1");
					ResultSet rows = select.executeQuery()) {
				while (rows.next()) {
					StringBuilder row = new StringBuilder();
					for (String column : columns) {
						row.append(column).append('=').append(rows.getString(column)).append(' ');
					}
					found.add(row.toString());
				}
			}
			content.put(table, found);
		}
		return content;
	}

	private List<String> columns(String table) {
		return table(table).columns()
			.entrySet()
			.stream()
			.filter((column) -> !column.getValue().isGenerated())
			.map(Map.Entry::getKey)
			.toList();
	}

	/** Each table after those that it references. */
	private List<String> inOrder() {
		Set<String> order = new LinkedHashSet<>();
		while (order.size() < this.schema.tables().size()) {
			int before = order.size();
			this.schema.tables().forEach((name, table) -> {
				if (table.references()
					.values()
					.stream()
					.allMatch((reference) -> order.contains(reference.table()) || reference.table().equals(name))) {
					order.add(name);
				}
			});
			if (order.size() == before) {
				throw new IllegalStateException("Tables refer to each other in a circle; these do not: " + order);
			}
		}
		return List.copyOf(order);
	}

	private Object value(String table, String name, int number) {
		String type = type(table, name);
		Matcher length = LENGTH.matcher(type);
		int most = length.find() ? Integer.parseInt(length.group(1)) : 2000;
		return switch (type.replaceAll("[^a-z].*", "")) {
			case "bigint", "int", "mediumint", "smallint", "tinyint", "decimal", "double", "float", "year" -> number;
			case "varchar", "char", "text", "mediumtext", "longtext" ->
				String.valueOf((char) ('a' + number)).repeat(most);
			case "varbinary", "binary", "blob", "mediumblob", "longblob" -> new byte[] { (byte) number };
			case "datetime", "timestamp" -> "2026-01-0" + number + " 10:11:12.345678";
			case "date" -> "2026-01-0" + number;
			case "time" -> "10:11:12";
			case "json" -> "{}";
			default -> throw new IllegalStateException(table + "." + name + " is of type " + type
					+ ", for which there is no sample; add one to SampleRows.value");
		};
	}

	private String type(String table, String column) {
		Schema.Column found = table(table).columns().get(column);
		if (found == null) {
			throw new IllegalStateException("There is no column " + table + "." + column);
		}
		return found.type();
	}

	private Schema.Table table(String name) {
		Schema.Table table = this.schema.tables().get(name);
		if (table == null) {
			throw new IllegalStateException("There is no table " + name);
		}
		return table;
	}

}
