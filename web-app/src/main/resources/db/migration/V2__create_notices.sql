-- author_id is empty for what was posted without signing in, and becomes empty when the
-- member is removed: the notice stays.
-- Each list order has an index that ends with the id, as the orders do; times are UTC.
CREATE TABLE notices (
  id BIGINT NOT NULL AUTO_INCREMENT,
  author_id BIGINT NULL,
  title VARCHAR(120) NOT NULL,
  body TEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY notices_created_at (created_at, id),
  KEY notices_title (title, id),
  KEY notices_author (author_id, created_at, id),
  FULLTEXT KEY notices_text (title, body),
  CONSTRAINT notices_author_fk FOREIGN KEY (author_id) REFERENCES members (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
