-- Checkpoints of the log, and who signed them.
CREATE TABLE audit_checkpoint (
  size      INTEGER PRIMARY KEY CHECK (size > 0),
  aggregate BLOB NOT NULL CHECK (length(aggregate) = 32),
  -- Roots of the full subtrees, 32 bytes each.
  frontier  BLOB NOT NULL CHECK (length(frontier) % 32 = 0),
  note      TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_checkpoint_fixed BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE (ABORT, 'a checkpoint is never changed'); END;
-- What a new epoch declares as lost had checkpoints.
CREATE TRIGGER audit_checkpoint_kept BEFORE DELETE ON audit_checkpoint
WHEN OLD.size <= (SELECT max(seq) FROM audit_event) BEGIN SELECT RAISE (ABORT, 'a checkpoint is kept'); END;

CREATE TABLE audit_cosignature (
  size    INTEGER NOT NULL,
  account BLOB NOT NULL REFERENCES staff (account),
  line    TEXT NOT NULL,
  PRIMARY KEY (size, account)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_cosignature_kept BEFORE DELETE ON audit_cosignature
WHEN OLD.size <= (SELECT max(seq) FROM audit_event) BEGIN SELECT RAISE (ABORT, 'a cosignature is kept'); END;

-- An erasure that waits for its second person.
CREATE TABLE log_purge (
  size      INTEGER NOT NULL REFERENCES audit_checkpoint (size),
  kind      INTEGER NOT NULL,
  proposer  BLOB NOT NULL REFERENCES staff (account),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  at        INTEGER NOT NULL,
  PRIMARY KEY (kind)
) STRICT, WITHOUT ROWID;

-- A sealed record may be erased, never changed: its hash stays.
DROP TRIGGER audit_event_fixed;
CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event
WHEN NOT (NEW.body IS NULL AND NEW.seq = OLD.seq AND NEW.hash = OLD.hash
  AND NEW.first_of_transaction = OLD.first_of_transaction
  AND NEW.wall_us = 0 AND NEW.action = 0 AND NEW.object_kind = 0 AND NEW.outcome = 0
  AND NEW.actor = zeroblob(16) AND NEW.object = zeroblob(16))
BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
-- Steps of the wall clock that block, and what supervisors say to them: asked at every act.
CREATE INDEX audit_clock ON audit_event (action, outcome, seq) WHERE action = 90 OR action = 91;
-- Few of the events are ever asked for by what they are about: an index of all of them would be most of the database.
DROP INDEX audit_by_actor;
DROP INDEX audit_by_object;
CREATE INDEX audit_by_object ON audit_event (object, seq)
WHERE action = 44 OR action = 45 OR action = 51 OR action = 53;
-- The weekly review of the access log. A queue is made once and then stands: nobody thins it out afterwards.
CREATE TABLE review_week (
  -- ISO 8601, the Monday in Japan.
  monday    TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  last_seq  INTEGER NOT NULL,
  -- What the random part was drawn with.
  seed      BLOB NOT NULL CHECK (length(seed) = 32),
  opened_by BLOB NOT NULL REFERENCES staff (account),
  opened_at INTEGER NOT NULL,
  signed_by BLOB REFERENCES staff (account),
  signed_at INTEGER,
  CHECK (last_seq >= first_seq - 1),
  CHECK ((signed_by IS NULL) = (signed_at IS NULL))
) STRICT;
CREATE TRIGGER review_week_fixed BEFORE UPDATE OF monday, first_seq, last_seq, seed, opened_by, opened_at ON review_week
BEGIN SELECT RAISE (ABORT, 'the queue of a week stands'); END;
CREATE TRIGGER review_week_signed_once BEFORE UPDATE ON review_week WHEN old.signed_by IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a week is signed off once'); END;
CREATE TRIGGER review_week_kept BEFORE DELETE ON review_week
BEGIN SELECT RAISE (ABORT, 'the queue of a week stands'); END;

CREATE TABLE review_row (
  monday TEXT NOT NULL REFERENCES review_week (monday),
  place  INTEGER NOT NULL CHECK (place >= 1),
  -- The event that stands for the row; the verdict is about it.
  seq    INTEGER NOT NULL UNIQUE REFERENCES audit_event (seq),
  part   INTEGER NOT NULL,
  marks  INTEGER NOT NULL,
  -- The own work nearest to it.
  work   INTEGER REFERENCES audit_event (seq),
  PRIMARY KEY (monday, place)
) STRICT;
CREATE TRIGGER review_row_fixed BEFORE UPDATE ON review_row
BEGIN SELECT RAISE (ABORT, 'the queue of a week stands'); END;
CREATE TRIGGER review_row_kept BEFORE DELETE ON review_row
BEGIN SELECT RAISE (ABORT, 'the queue of a week stands'); END;

-- All events of a row, the one that stands for it among them.
CREATE TABLE review_row_event (
  monday TEXT NOT NULL,
  place  INTEGER NOT NULL,
  seq    INTEGER NOT NULL REFERENCES audit_event (seq),
  PRIMARY KEY (monday, place, seq),
  FOREIGN KEY (monday, place) REFERENCES review_row (monday, place)
) STRICT, WITHOUT ROWID;

-- Whom members of staff declared as near to them, and their own birth date, so that the review can tell.
CREATE TABLE staff_kin (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  account     BLOB NOT NULL REFERENCES staff (account),
  relation    TEXT NOT NULL CHECK (relation IN ('own', 'spouse', 'parent', 'child', 'sibling', 'household', 'other')),
  name        TEXT NOT NULL,
  reading     TEXT NOT NULL,
  birth_date  TEXT,
  declared_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_kin_by_account ON staff_kin (account);
CREATE UNIQUE INDEX staff_kin_own ON staff_kin (account) WHERE relation = 'own';
