package com.foobar.web.database;

import com.foobar.web.database.DatabaseConfiguredCheck.DatabaseNotConfiguredException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which settings are missing if no database is configured.
 */
class DatabaseNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DatabaseNotConfiguredException cause) {
		return new FailureAnalysis("The site stores its notices in MySQL or MariaDB, but " + cause.getMessage() + ".",
				"""
						Set these as environment variables, as files in /run/secrets or as --options:

						    spring.datasource.url        for example jdbc:mysql://localhost:3306/foobar
						    spring.datasource.username   an account that reads and writes rows
						    spring.datasource.password

						and, if that account must not change the schema, one that may:

						    spring.flyway.user
						    spring.flyway.password""", cause);
	}

}
