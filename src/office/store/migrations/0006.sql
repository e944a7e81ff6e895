-- Finding people: keys of what is kept already, and when the record arrived, so that the newest come first without a
-- look at the record. `folded` is 0 where the keys are still to be computed: SQL cannot fold kana, the program does it
-- right after the next sign-in. A later change of the keys is a migration that sets it to 0 again.
DELETE FROM subject WHERE record IN (SELECT id FROM record WHERE discarded = 1);
ALTER TABLE subject ADD COLUMN sound_key   TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN name_key    TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN phone       TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN address_key TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN arrived_at  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subject ADD COLUMN folded      INTEGER NOT NULL DEFAULT 0 CHECK (folded IN (0, 1));
UPDATE subject SET arrived_at = (SELECT received_at FROM record WHERE id = subject.record);
DROP INDEX subject_by_reading;
DROP INDEX subject_by_name;
CREATE INDEX subject_by_reading ON subject (search_key, arrived_at DESC);
CREATE INDEX subject_by_sound   ON subject (sound_key, arrived_at DESC);
CREATE INDEX subject_by_name    ON subject (name_key, arrived_at DESC);
CREATE INDEX subject_by_birth   ON subject (birth_date, sound_key, arrived_at DESC);
CREATE INDEX subject_by_phone   ON subject (phone, arrived_at DESC) WHERE phone <> '';
-- For what so many have in common that the newest of them are found faster among the newest of all.
CREATE INDEX subject_by_arrival ON subject (arrived_at DESC, search_key, name_key, sound_key);
CREATE INDEX subject_unfolded   ON subject (record) WHERE folded = 0;
CREATE INDEX record_by_number   ON record (number, year DESC);

-- What somebody decided about two records: one person or not. Stored once, the smaller id first.
CREATE TABLE likeness_decision (
  lower      BLOB NOT NULL REFERENCES record (id),
  higher     BLOB NOT NULL REFERENCES record (id),
  decision   TEXT NOT NULL CHECK (decision IN ('same', 'different')),
  decided_by BLOB NOT NULL REFERENCES staff (account),
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (lower, higher),
  CHECK (lower < higher)
) STRICT;
