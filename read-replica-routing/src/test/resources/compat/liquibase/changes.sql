--liquibase formatted sql

--changeset compat:1
CREATE TABLE liquibase_memo (text VARCHAR(100));
INSERT INTO liquibase_memo (text) VALUES ('migrated');
