CREATE TABLE IF NOT EXISTS flyway_memo (text VARCHAR(100));
INSERT INTO flyway_memo (text) VALUES ('migrated');
