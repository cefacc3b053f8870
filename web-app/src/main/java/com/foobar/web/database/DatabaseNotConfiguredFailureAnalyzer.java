package com.foobar.web.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to set when no database is configured.
 */
class DatabaseNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DatabaseNotConfiguredException cause) {
		return new FailureAnalysis("The site keeps its notices in MySQL or MariaDB, and " + cause.getMessage() + ".",
				"""
						Set, as environment variables, as files in /run/secrets or as --options:

						    spring.datasource.url        for example jdbc:mysql://localhost:3306/foobar
						    spring.datasource.username   may read and write rows
						    spring.datasource.password

						and, if that account must not change tables, an account that may:

						    spring.flyway.user
						    spring.flyway.password""", cause);
	}

}
