-- Warnings of a form that somebody let stand at a registration, and why.
CREATE TABLE passed_warning (
  record  BLOB NOT NULL,
  version INTEGER NOT NULL,
  item    TEXT NOT NULL,
  code    TEXT NOT NULL,
  why     TEXT NOT NULL CHECK (why IN ('on-paper', 'asked-sender', 'words')),
  words   TEXT,
  PRIMARY KEY (record, version, item, code),
  FOREIGN KEY (record, version) REFERENCES record_version (record, version),
  CHECK ((why = 'words') = (words IS NOT NULL))
) STRICT;
CREATE TRIGGER passed_warning_fixed BEFORE UPDATE ON passed_warning
BEGIN SELECT RAISE (ABORT, 'a registered version never changes'); END;
CREATE TRIGGER passed_warning_kept BEFORE DELETE ON passed_warning
BEGIN SELECT RAISE (ABORT, 'a registered version is not deleted'); END;
