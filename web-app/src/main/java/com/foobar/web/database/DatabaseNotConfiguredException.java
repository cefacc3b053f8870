package com.foobar.web.database;

/**
 * No database was configured.
 */
class DatabaseNotConfiguredException extends RuntimeException {

	DatabaseNotConfiguredException() {
		super("spring.datasource.url is not set");
	}

}
