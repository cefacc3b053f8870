-- Only adds, each column with a default: an instance of the version before goes on joining members meanwhile.
-- sign_in_version is part of each sign-in: raising it ends all of the member's.
ALTER TABLE members
  ADD COLUMN administrator BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN sign_in_version INT NOT NULL DEFAULT 0;

-- Failed sign-ins by what they are counted for, which is a hash. A row counts from `since` for one window.
CREATE TABLE sign_in_failures (
  subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  failures INT NOT NULL,
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (subject),
  KEY sign_in_failures_since (since)
) ENGINE = InnoDB;
