-- What a record comes from. Written with the record, never changed.
CREATE TABLE record_link (
  child    BLOB PRIMARY KEY REFERENCES record (id),
  parent   BLOB NOT NULL REFERENCES record (id),
  relation TEXT NOT NULL CHECK (relation IN ('belongs', 'became')),
  CHECK (child <> parent)
) STRICT;
CREATE INDEX record_link_by_parent ON record_link (parent);
CREATE TRIGGER record_link_fixed BEFORE UPDATE ON record_link
BEGIN SELECT RAISE (ABORT, 'what a record comes from never changes'); END;
CREATE TRIGGER record_link_kept BEFORE DELETE ON record_link
BEGIN SELECT RAISE (ABORT, 'what a record comes from never changes'); END;

-- That a version of a record was copied into another system (NESID), and under which number it is there.
CREATE TABLE transcription (
  record    BLOB NOT NULL,
  version   INTEGER NOT NULL,
  reference TEXT NOT NULL,
  noted_by  BLOB NOT NULL REFERENCES staff (account),
  noted_at  INTEGER NOT NULL,
  PRIMARY KEY (record, version),
  FOREIGN KEY (record, version) REFERENCES record_version (record, version)
) STRICT;
CREATE INDEX transcription_by_reference ON transcription (reference);
