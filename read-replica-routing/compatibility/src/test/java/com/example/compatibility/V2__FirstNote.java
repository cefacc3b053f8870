package com.example.compatibility;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Reads the writes of the previous migration and its own. */
@Component
class V2__FirstNote extends BaseJavaMigration {

	@Override
	public void migrate(Context context) {
		JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(context.getConnection(), true));
		jdbc.update("INSERT INTO note (text) VALUES ('migrated')");
		Integer count = jdbc.queryForObject("SELECT COUNT(*) FROM note WHERE text = 'migrated'", Integer.class);
		jdbc.update("INSERT INTO note (text) VALUES (?)", "found " + count);
	}

}
