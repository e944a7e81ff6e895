-- How names that were heard are written here: surnames and given names by themselves, never who has them or when.
CREATE TABLE name_memory (
  part    TEXT NOT NULL CHECK (part IN ('surname', 'given')),
  reading TEXT NOT NULL,
  written TEXT NOT NULL,
  -- In how many records; a row ends with the last of them.
  times   INTEGER NOT NULL CHECK (times >= 1),
  PRIMARY KEY (part, reading, written)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_memory_by_times ON name_memory (times);
